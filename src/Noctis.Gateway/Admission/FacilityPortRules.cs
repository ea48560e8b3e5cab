using System.Net;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;

namespace Noctis.Gateway.Admission;

/// <summary>
/// Who may associate on a facility's own port. The called title must be the facility's or the server's, the calling
/// title the facility's own or that of one of its active devices, calling from the address it is registered with.
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

        if (!AETitle.Same(call.CalledAETitle, facility.AETitle) && !AETitle.Same(call.CalledAETitle, serverAETitle))
            return WrongCalledTitle(facility, call, directory);
        if (!facility.IsActive)
            return NotActive(facility);
        return DecideCaller(facility, call, directory);
    }

    internal static AdmissionDecision NotActive(GatewayFacility facility) => facility.State switch
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

    internal static AdmissionDecision.Refused UnexpectedAddress(Guid facilityId, AssociationCall call, string expected) => new(
        JournalCode.AddressUnexpected,
        $"{AETitle.Show(call.CallingAETitle)} called from {call.Address}; it is registered with the address {expected}. "
        + "If the device has moved, correct its address under Devices.",
        facilityId);

    internal static AdmissionDecision DecideCaller(GatewayFacility facility, AssociationCall call, FacilityDirectory directory)
    {
        if (AETitle.Same(call.CallingAETitle, facility.AETitle))
            return new AdmissionDecision.Admitted(facility, DeviceId: null);

        // The database keeps a title once in a facility; an active registration wins should it ever hold two.
        var device = facility.Devices
            .Where(device => AETitle.Same(device.AETitle, call.CallingAETitle))
            .OrderByDescending(device => device.IsActive)
            .FirstOrDefault();
        if (device is null)
            return UnknownCaller(facility, call, directory);

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
        var title = AETitle.DifferInCaseOnly(call.CalledAETitle, serverAETitle) ? serverAETitle : facility.AETitle;
        if (AETitle.DifferInCaseOnly(call.CalledAETitle, title))
        {
            return new AdmissionDecision.Refused(
                JournalCode.CalledTitleCaseDiffers,
                $"You called {called}; this port is {title}. Only upper and lower case differ: AE titles must match letter by letter.",
                facility.Id);
        }

        if (AETitle.Same(call.CallingAETitle, facility.AETitle)
            && facility.Devices.Any(device => AETitle.Same(device.AETitle, call.CalledAETitle)))
        {
            return new AdmissionDecision.Refused(
                JournalCode.TitlesSwapped,
                $"You called {called} as {facility.AETitle}: the titles are swapped. "
                + $"The device's own (calling) title is {called}, the title it calls is {facility.AETitle}.",
                facility.Id);
        }

        // The facility's sentence is the same whether or not the title is somebody else's: it must not learn which titles exist.
        return new AdmissionDecision.Refused(
            JournalCode.CalledTitleWrong,
            $"You called {called}; this port is {facility.AETitle}. "
            + $"Set the called AE title (remote AE title) on the device to {facility.AETitle}.",
            facility.Id,
            directory.FindByAETitle(call.CalledAETitle) is { } other
                ? $"{AETitle.Show(call.CallingAETitle)} at {call.Address} called {called} on port {facility.Port}, which is {facility.Name}'s. "
                    + $"The title is {other.Name}'s, whose port is {other.Port}: the port set on the device is probably wrong."
                : null);
    }

    private static AdmissionDecision.Refused UnknownCaller(GatewayFacility facility, AssociationCall call, FacilityDirectory directory)
    {
        var calling = AETitle.Show(call.CallingAETitle);
        var near = facility.Devices.Select(device => device.AETitle).Append(facility.AETitle)
            .FirstOrDefault(title => AETitle.DifferInCaseOnly(title, call.CallingAETitle));
        if (near is not null)
        {
            return new AdmissionDecision.Refused(
                JournalCode.CallingTitleCaseDiffers,
                $"{calling} is not registered here, but {near} is. Only upper and lower case differ: AE titles must match letter by letter.",
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
        var homes = directory.FindByDevice(call.CallingAETitle).Append(directory.FindByAETitle(call.CallingAETitle))
            .OfType<GatewayFacility>().Where(home => home.Id != facility.Id).Distinct().ToArray();
        if (homes.Length == 0)
            return null;

        var names = string.Join(" and ", homes.Select(home => $"{home.Name} (port {home.Port})"));
        return $"{AETitle.Show(call.CallingAETitle)} at {call.Address} called {facility.Name}'s port {facility.Port}, "
            + $"but is known at {names}: the port set on the device is probably wrong.";
    }
}
