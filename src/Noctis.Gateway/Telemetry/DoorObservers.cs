using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Gateway.Admission;
using Noctis.Gateway.Listeners;
using Noctis.Gateway.SelfTests;
using Noctis.Gateway.Traffic;

namespace Noctis.Gateway.Telemetry;

/// <summary>Puts what a door has besides its own admission and observer around them: counting and traces, and around those the self-test, which neither sees.</summary>
internal sealed class DoorObservers(
    CurrentDirectory directory, FrontDoor frontDoor, GatewayMetrics metrics, GatewayTraces traces, TrafficCounter traffic, FacilityPlaces places, SelfTestConnections connections)
{
    public IAssociationAdmission Around(Door door, DimseServices services, DoorAdmission admission) =>
        new SelfTestAdmission(door, connections, services, facilityId => TryTakePlace(facilityId), admission);

    public IAssociationObserver Around(Door door, DoorAdmission admission, IAssociationObserver observer) =>
        new SelfTestObserver(door, connections, new TelemetryObserver(
            door, admission, directory, metrics, traces, new TrafficObserver(door, admission, frontDoor, traffic, observer)));

    private IDisposable? TryTakePlace(Guid facilityId) => places.TryTake(facilityId, directory.Value.Find(facilityId)?.Settings.Network.MaxAssociations ?? 0);
}
