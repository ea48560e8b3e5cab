using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Gateway.Admission;
using Noctis.Gateway.Listeners;

namespace Noctis.Gateway.SelfTests;

/// <summary>
/// Lets the self-test in, whatever the facility's settings say of titles, addresses and services: they are about others. The facility's limit
/// holds for it as for everybody.
/// </summary>
/// <param name="door">Which door.</param>
/// <param name="connections">By which the self-test is known.</param>
/// <param name="services">What it is offered.</param>
/// <param name="tryTakePlace">Takes a place among the facility's associations; null when there is none.</param>
/// <param name="inner">Decides on everybody else.</param>
internal sealed class SelfTestAdmission(
    Door door, SelfTestConnections connections, DimseServices services, Func<Guid, IDisposable?> tryTakePlace, IAssociationAdmission inner) : IAssociationAdmission
{
    public ValueTask<AssociationDecision> DecideAsync(AAssociateRq request, AssociationPeer peer, CancellationToken cancellationToken)
    {
        if (!connections.IsOurs(peer.RemoteEndPoint, door.FacilityId) || connections.FacilityOf(peer.RemoteEndPoint) is not { } facilityId)
            return inner.DecideAsync(request, peer, cancellationToken);
        return new(tryTakePlace(facilityId) is { } place
            ? AssociationDecision.Accept(new AdmittedCaller(facilityId, null, door) { IsSelfTest = true }, services, place)
            : AssociationDecision.Reject(AssociateRejectResult.RejectedTransient, AssociateRejectReason.LocalLimitExceeded, "The self-test found every association taken."));
    }
}
