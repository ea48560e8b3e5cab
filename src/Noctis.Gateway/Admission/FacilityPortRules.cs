using System.Net;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Settings;

namespace Noctis.Gateway.Admission;

/// <summary>
/// Who may associate on a facility's own port, by its access settings. Where all checks are on: the caller's address must be in an
/// allowed network, the called title must be the facility's or the server's, the calling title the facility's own or that of one of its
/// active devices, calling from the address it is registered with. A check that is off lets everybody pass who would fail it; a device
/// that is switched off, or calls from elsewhere than it must, stays refused: that was said of it by name.
/// </summary>
public sealed class FacilityPortRules(string serverAETitle)
{
    public AdmissionDecision Decide(Guid facilityId, AssociationCall call, FacilityDirectory directory)
    {
        if (directory.Find(facilityId) is not { } facility)
        {
            // Deleted a moment ago; its listener closes with the next reconciliation.
            return new AdmissionDecision.Refused(
                JournalCode.FacilityNotActive, "The facility of this port has been removed.", FacilityId: null);
        }

        if (FindNetworkFault(facility, call) is { } stranger)
            return stranger;
        if (facility.Settings.Access.ChecksCalledAETitle && !facility.IsSameTitle(call.CalledAETitle, facility.AETitle)
            && !facility.IsSameTitle(call.CalledAETitle, serverAETitle))
        {
            return WrongCalledTitle(facility, call, directory);
        }

        if (!facility.IsActive)
            return NotActive(facility);
        return DecideCaller(facility, call, directory);
    }

    internal static AdmissionDecision.Refused NotActive(GatewayFacility facility) => facility.State switch
    {
        FacilityState.Archived => new AdmissionDecision.Refused(
            JournalCode.FacilityNotActive, $"{facility.AETitle} is archived and takes no more images.", facility.Id),
        // Its journal goes with it, so there is nobody left to read a row but the administrator.
        FacilityState.Deleting => new AdmissionDecision.Refused(
            JournalCode.FacilityNotActive, $"{facility.AETitle} is being deleted and takes no more images.", FacilityId: null),
        _ => new AdmissionDecision.Refused(
            JournalCode.FacilityNotActive,
            $"{facility.AETitle} is suspended and takes no images for now. An administrator can resume it on the facility's page.",
            facility.Id),
    };

    internal static AdmissionDecision.Refused? FindNetworkFault(GatewayFacility facility, AssociationCall call)
    {
        const int most = 3;
        var access = facility.Settings.Access;
        if (AllowedNetworks.Of(access).Holds(call.Address))
            return null;
        var more = access.AllowedNetworks.Count > most ? $" and {access.AllowedNetworks.Count - most} more" : "";
        return new AdmissionDecision.Refused(
            JournalCode.NetworkNotAllowed,
            $"{AETitle.Show(call.CallingAETitle)} called from {call.Address}, which is in none of the networks that may call here "
            + $"({string.Join(", ", access.AllowedNetworks.Take(most))}{more}). If it belongs here, add its address to the allowed networks.",
            facility.Id);
    }

    internal static AdmissionDecision.Refused UnexpectedAddress(Guid facilityId, AssociationCall call, string expected) => new(
        JournalCode.AddressUnexpected,
        $"{AETitle.Show(call.CallingAETitle)} called from {call.Address}; it is registered with the address {expected}. "
        + "If the device has moved, correct its address under Devices.",
        facilityId);

    internal static AdmissionDecision DecideCaller(GatewayFacility facility, AssociationCall call, FacilityDirectory directory)
    {
        if (facility.IsSameTitle(call.CallingAETitle, facility.AETitle))
            return new AdmissionDecision.Admitted(facility, DeviceId: null);

        if (facility.FindDevice(call.CallingAETitle) is not { } device)
        {
            return facility.Settings.Access switch
            {
                { ChecksCallingAETitle: false } => new AdmissionDecision.Admitted(facility, DeviceId: null),
                { UnknownDevices: UnknownDevices.Quarantine } => new AdmissionDecision.Admitted(facility, DeviceId: null) { IsQuarantined = true },
                _ => UnknownCaller(facility, call, directory),
            };
        }

        if (!device.IsActive)
        {
            return new AdmissionDecision.Refused(
                JournalCode.DeviceInactive,
                $"{AETitle.Show(call.CallingAETitle)} is registered, but switched off. Switch it on under Devices.",
                facility.Id);
        }

        if (string.IsNullOrWhiteSpace(device.ExpectedAddress))
            return new AdmissionDecision.Admitted(facility, device.Id);
        if (!IPAddress.TryParse(device.ExpectedAddress, out var expected))
            return new AdmissionDecision.Admitted(facility, device.Id, ExpectedHost: device.ExpectedAddress);
        return AssociationCall.Plain(expected).Equals(call.Address)
            ? new AdmissionDecision.Admitted(facility, device.Id)
            : UnexpectedAddress(facility.Id, call, device.ExpectedAddress);
    }

    private AdmissionDecision.Refused WrongCalledTitle(GatewayFacility facility, AssociationCall call, FacilityDirectory directory)
    {
        var called = AETitle.Show(call.CalledAETitle);
        var (title, slip) = CalledTitles.Nearest(call.CalledAETitle, facility.AETitle, serverAETitle);
        if (slip is TitleSlip.Case or TitleSlip.Spacing)
        {
            return new AdmissionDecision.Refused(
                CalledTitles.CodeOf(slip), $"You called {called}; this port is {title}. {TitleSlips.Sentence(slip)}", facility.Id);
        }

        if (facility.IsSameTitle(call.CallingAETitle, facility.AETitle) && facility.FindDevice(call.CalledAETitle) is not null)
        {
            return new AdmissionDecision.Refused(
                JournalCode.TitlesSwapped,
                $"You called {called} as {facility.AETitle}: the titles are swapped. "
                + $"The device's own (calling) title is {called}, the title it calls is {facility.AETitle}.",
                facility.Id);
        }

        // The facility's sentence is the same whether or not the title is somebody else's: it must not learn which titles exist.
        var cut = slip == TitleSlip.Cut ? $"{TitleSlips.Sentence(slip)} " : "";
        return new AdmissionDecision.Refused(
            JournalCode.CalledTitleWrong,
            $"You called {called}; this port is {title}. {cut}Set the called AE title (remote AE title) on the device to {title}.",
            facility.Id,
            directory.FindMeant(call.CalledAETitle) is { } other && other.Id != facility.Id
                ? $"{AETitle.Show(call.CallingAETitle)} at {call.Address} called {called} on port {facility.Port}, which is {facility.Name}'s. "
                    + $"The title is {other.Name}'s, whose port is {other.Port}: the port set on the device is probably wrong."
                : null);
    }

    private static AdmissionDecision.Refused UnknownCaller(GatewayFacility facility, AssociationCall call, FacilityDirectory directory)
    {
        var calling = AETitle.Show(call.CallingAETitle);
        var (near, slip) = facility.Devices.Select(device => device.AETitle).Append(facility.AETitle)
            .Select(title => (Title: title, Slip: TitleSlips.Find(call.CallingAETitle, title)))
            .Where(candidate => candidate.Slip is TitleSlip.Case or TitleSlip.Spacing)
            .OrderBy(candidate => candidate.Slip)
            .FirstOrDefault();
        if (near is not null)
        {
            return new AdmissionDecision.Refused(
                slip == TitleSlip.Case ? JournalCode.CallingTitleCaseDiffers : JournalCode.CallingTitleSpacingDiffers,
                $"{calling} is not registered here, but {near} is. {TitleSlips.Sentence(slip)}",
                facility.Id);
        }

        return new AdmissionDecision.Refused(
            JournalCode.CallingTitleUnknown,
            $"{calling} at {call.Address} is not registered here. Allow it under Devices, "
            + $"or set the device's own (calling) AE title to {facility.AETitle}.",
            facility.Id,
            NoteOnHome(facility, call, directory));
    }

    /// <summary>A device of another facility at this port has probably been given the wrong port: news for the administrator alone.</summary>
    private static string? NoteOnHome(GatewayFacility facility, AssociationCall call, FacilityDirectory directory)
    {
        var homes = directory.FindDeviceMeant(call.CallingAETitle).Append(directory.FindMeant(call.CallingAETitle))
            .OfType<GatewayFacility>().Where(home => home.Id != facility.Id).Distinct().ToArray();
        if (homes.Length == 0)
            return null;

        return $"{AETitle.Show(call.CallingAETitle)} at {call.Address} called {facility.Name}'s port {facility.Port}, "
            + $"but is known at {CalledTitles.NamesOf(homes)}: the port set on the device is probably wrong.";
    }
}
