using Microsoft.Extensions.Options;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Settings;
using Noctis.Gateway.Listeners;

namespace Noctis.Gateway.Admission;

/// <summary>Decides on every caller of every door, by the rules of the door and the directory as it is at the moment.</summary>
internal sealed class FrontDoor
{
    private readonly CurrentDirectory _directory;
    private readonly HostAddresses _hosts;
    private readonly FacilityPlaces _places;
    private readonly FacilityPortRules _portRules;
    private readonly SharedDoorRules _sharedRules;

    public FrontDoor(
        CurrentDirectory directory, HostAddresses hosts, FacilityPlaces places,
        IOptions<FacilityAddressOptions> addresses)
    {
        _directory = directory;
        _hosts = hosts;
        _places = places;
        _portRules = new FacilityPortRules(addresses.Value.ServerAETitle);
        _sharedRules = new SharedDoorRules(addresses.Value.ServerAETitle, addresses.Value.SharedPort);
    }

    public string NameOf(Door door) => _directory.NameOf(door);

    public async ValueTask<AdmissionDecision> DecideAsync(Door door, AssociationCall call, CancellationToken cancellationToken)
    {
        var decision = Judge(door, call);
        if (decision is not AdmissionDecision.Admitted admitted)
            return decision;

        var facility = admitted.Facility;
        if (admitted.ExpectedHost is { } host && await FindFaultAsync(facility, host, call, cancellationToken) is { } fault)
            return fault;
        if (door.IsShared && facility.Settings.Network.Tls != TlsMode.Off)
        {
            return new AdmissionDecision.Refused(
                JournalCode.TlsRequired,
                $"{facility.AETitle} takes DICOM over TLS only, and the shared door is in the clear. Call {facility.AETitle} on port {facility.Port} with TLS switched on.",
                facility.Id);
        }

        var limit = facility.Settings.Network.MaxAssociations;
        if (_places.TryTake(facility.Id, limit) is { } place)
            return admitted with { Place = place };
        return new AdmissionDecision.Refused(
            JournalCode.LimitReached,
            $"{facility.AETitle} has {(limit == 1 ? "1 association" : $"{limit} associations")} already, as many as its settings allow at a time. Try again when one has ended.",
            facility.Id);
    }

    /// <summary>The facility that a call concerns, for calls that were turned away before anybody asked; null when none can be told.</summary>
    public Guid? FindFacility(Door door, AssociationCall call) => door.FacilityId ?? Judge(door, call) switch
    {
        AdmissionDecision.Admitted admitted => admitted.Facility.Id,
        AdmissionDecision.Refused refused => refused.FacilityId,
        _ => null,
    };

    private AdmissionDecision Judge(Door door, AssociationCall call) => door.FacilityId is { } id
        ? _portRules.Decide(id, call, _directory.Value)
        : _sharedRules.Decide(call, _directory.Value);

    private async ValueTask<AdmissionDecision.Refused?> FindFaultAsync(
        GatewayFacility facility, string host, AssociationCall call, CancellationToken cancellationToken)
    {
        var addresses = await _hosts.FindAsync(host, cancellationToken);
        if (addresses.Contains(call.Address))
            return null;
        return addresses.Count > 0
            ? FacilityPortRules.UnexpectedAddress(facility.Id, call, $"{host} ({string.Join(", ", addresses)})")
            : new AdmissionDecision.Refused(
                JournalCode.AddressUnexpected,
                $"{AETitle.Show(call.CallingAETitle)} is registered with the host name {host}, which this server cannot find. "
                + "Enter an IP address under Devices, or make the name known to the server's name server.",
                facility.Id);
    }
}
