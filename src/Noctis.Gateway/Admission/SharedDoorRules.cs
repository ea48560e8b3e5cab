using Noctis.Archive.Journal;

namespace Noctis.Gateway.Admission;

/// <summary>
/// Who may associate on the shared door, and as whose caller. The calling title decides the facility: its own AE title, or else a device
/// that is registered and active in exactly one facility, each facility looking at upper and lower case as it has set. What the titles
/// leave open stays open: the door never guesses. A facility's own title comes first, so that nobody can draw its images away by
/// registering that title as a device. Addresses play no part in the choice: a sender could pick its facility by them. Once the facility
/// is found, its own settings say from which networks it may call, and whether the called title has to be the server's.
/// </summary>
public sealed class SharedDoorRules(string serverAETitle, int sharedPort)
{
    public AdmissionDecision Decide(AssociationCall call, FacilityDirectory directory)
    {
        var owner = directory.FindByAETitle(call.CallingAETitle);
        var registered = directory.FindByDevice(call.CallingAETitle);
        var active = registered.Where(facility => facility.IsActive && facility.FindDevice(call.CallingAETitle) is { IsActive: true }).ToArray();
        var facility = owner ?? (active.Length > 0 ? Only(active) : Only(registered));

        if (facility is not null && FacilityPortRules.FindNetworkFault(facility, call) is { } stranger)
            return stranger;
        if (!MayCall(call, facility, directory))
            return WrongCalledTitle(call, facility, directory);
        if (facility is { IsActive: false })
            return FacilityPortRules.NotActive(facility);
        if (facility is not null)
            return FacilityPortRules.DecideCaller(facility, call, directory);
        return registered.Count > 1 ? Ambiguous(call, registered) : Unknown(call, directory);
    }

    private bool MayCall(AssociationCall call, GatewayFacility? facility, FacilityDirectory directory)
    {
        if (facility is null)
            return AETitle.Same(call.CalledAETitle, serverAETitle);
        if (facility.IsSameTitle(call.CalledAETitle, serverAETitle))
            return true;

        // A facility may take whatever is called, but not what is plainly meant for another.
        return !facility.Settings.Access.ChecksCalledAETitle && (directory.FindMeant(call.CalledAETitle) is not { } meant || meant.Id == facility.Id);
    }

    private AdmissionDecision.Refused WrongCalledTitle(AssociationCall call, GatewayFacility? facility, FacilityDirectory directory)
    {
        var called = AETitle.Show(call.CalledAETitle);
        var slip = TitleSlips.Find(call.CalledAETitle, serverAETitle);
        if (slip is TitleSlip.Case or TitleSlip.Spacing)
        {
            return new AdmissionDecision.Refused(
                CalledTitles.CodeOf(slip), $"You called {called}; the shared door is {serverAETitle}. {TitleSlips.Sentence(slip)}", facility?.Id);
        }

        if (facility is not null && AETitle.Same(call.CalledAETitle, facility.AETitle, isCaseSensitive: false))
        {
            return new AdmissionDecision.Refused(
                JournalCode.CalledTitleWrong,
                $"You called {called} on the shared door (port {sharedPort}), which is {serverAETitle}. "
                + $"Call {serverAETitle} here, or {facility.AETitle} on port {facility.Port}.",
                facility.Id);
        }

        var cut = slip == TitleSlip.Cut ? $"{TitleSlips.Sentence(slip)} " : "";
        return new AdmissionDecision.Refused(
            JournalCode.CalledTitleWrong,
            $"You called {called}; the shared door (port {sharedPort}) is {serverAETitle}. "
            + $"{cut}Set the called AE title (remote AE title) on the device to {serverAETitle}.",
            facility?.Id,
            directory.FindMeant(call.CalledAETitle) is { } other
                ? $"{AETitle.Show(call.CallingAETitle)} at {call.Address} called {called} on the shared door (port {sharedPort}), but that title is {other.Name}'s, whose port is {other.Port}: "
                    + $"let it call {serverAETitle} here, or {other.AETitle} there."
                : null);
    }

    // No facility may read this: it would learn that another has a device of the same title.
    private static AdmissionDecision.Refused Ambiguous(AssociationCall call, IReadOnlyList<GatewayFacility> registered) => new(
        JournalCode.CallerAmbiguous,
        $"{AETitle.Show(call.CallingAETitle)} at {call.Address} is registered at {CalledTitles.NamesOf(registered)}; the shared door cannot tell which is meant. "
        + "Give the device another AE title, or let it call the facility's own port.",
        FacilityId: null);

    private static AdmissionDecision.Refused Unknown(AssociationCall call, FacilityDirectory directory)
    {
        var calling = AETitle.Show(call.CallingAETitle);
        GatewayFacility[] meant = [.. directory.FindDeviceMeant(call.CallingAETitle).Append(directory.FindMeant(call.CallingAETitle)).OfType<GatewayFacility>().Distinct()];
        if (meant.Length > 0)
        {
            return new AdmissionDecision.Refused(
                JournalCode.CallingTitleCaseDiffers,
                $"{calling} at {call.Address} is not known at any facility. {TitleSlips.Sentence(TitleSlip.Case)} "
                + $"In other letters it is known at {CalledTitles.NamesOf(meant)}.",
                FacilityId: null);
        }

        return new AdmissionDecision.Refused(
            JournalCode.CallingTitleUnknown,
            $"{calling} at {call.Address} is not known at any facility, so the shared door cannot tell where its images belong. "
            + "Register it under the Devices of its facility, or set its own (calling) AE title to the facility's.",
            FacilityId: null);
    }

    private static GatewayFacility? Only(IReadOnlyList<GatewayFacility> candidates) => candidates.Count == 1 ? candidates[0] : null;
}
