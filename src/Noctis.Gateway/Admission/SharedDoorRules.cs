using Noctis.Archive.Journal;

namespace Noctis.Gateway.Admission;

/// <summary>
/// Who may associate on the shared door, and as whose caller. The called title must be the server's. The calling title
/// decides the facility: its own AE title, or else a device that is registered and active in exactly one facility.
/// A facility's own title comes first, so that nobody can draw its images away by registering that title as a device.
/// Addresses play no part in the choice: a sender could pick its facility by them.
/// </summary>
public sealed class SharedDoorRules(string serverAETitle, int sharedPort)
{
    public AdmissionDecision Decide(AssociationCall call, FacilityDirectory directory)
    {
        var calling = AETitle.Show(call.CallingAETitle);
        var owner = directory.FindByAETitle(call.CallingAETitle);
        var registered = directory.FindByDevice(call.CallingAETitle);
        var active = registered.Where(facility => facility.IsActive && HasActiveDevice(facility, call)).ToArray();

        var facility = owner
            ?? (active.Length > 0 ? Only(active) : Only(registered));
        if (!AETitle.Same(call.CalledAETitle, serverAETitle))
            return WrongCalledTitle(call, facility, directory);

        if (facility is { IsActive: false })
            return FacilityPortRules.NotActive(facility);
        if (facility is not null)
            return FacilityPortRules.DecideCaller(facility, call, directory);

        if (registered.Count > 1)
        {
            // No facility may read this: it would learn that another has a device of the same title.
            var names = string.Join(" and ", registered.Select(one => one.Name));
            return new AdmissionDecision.Refused(
                JournalCode.CallerAmbiguous,
                $"{calling} at {call.Address} is registered at {names}; the shared door cannot tell which is meant. "
                + "Give the device another AE title, or let it call the facility's own port.",
                FacilityId: null);
        }

        return new AdmissionDecision.Refused(
            JournalCode.CallingTitleUnknown,
            $"{calling} at {call.Address} is not known at any facility, so the shared door cannot tell where its images belong. "
            + "Register it under the Devices of its facility, or set its own (calling) AE title to the facility's.",
            FacilityId: null);
    }

    private AdmissionDecision.Refused WrongCalledTitle(AssociationCall call, GatewayFacility? facility, FacilityDirectory directory)
    {
        var called = AETitle.Show(call.CalledAETitle);
        if (AETitle.DifferInCaseOnly(call.CalledAETitle, serverAETitle))
        {
            return new AdmissionDecision.Refused(
                JournalCode.CalledTitleCaseDiffers,
                $"You called {called}; the shared door is {serverAETitle}. Only upper and lower case differ: AE titles must match letter by letter.",
                facility?.Id);
        }

        if (facility is not null && AETitle.Same(call.CalledAETitle, facility.AETitle))
        {
            return new AdmissionDecision.Refused(
                JournalCode.CalledTitleWrong,
                $"You called {called} on the shared door (port {sharedPort}), which is {serverAETitle}. "
                + $"Call {serverAETitle} here, or {called} on port {facility.Port}.",
                facility.Id);
        }

        return new AdmissionDecision.Refused(
            JournalCode.CalledTitleWrong,
            $"You called {called}; the shared door (port {sharedPort}) is {serverAETitle}. "
            + $"Set the called AE title (remote AE title) on the device to {serverAETitle}.",
            facility?.Id,
            directory.FindByAETitle(call.CalledAETitle) is { } other
                ? $"{AETitle.Show(call.CallingAETitle)} at {call.Address} called {called} on the shared door. "
                    + $"The title is {other.Name}'s, whose port is {other.Port}."
                : null);
    }

    private static GatewayFacility? Only(IReadOnlyList<GatewayFacility> candidates) => candidates.Count == 1 ? candidates[0] : null;

    private static bool HasActiveDevice(GatewayFacility facility, AssociationCall call) =>
        facility.Devices.Any(device => device.IsActive && AETitle.Same(device.AETitle, call.CallingAETitle));
}
