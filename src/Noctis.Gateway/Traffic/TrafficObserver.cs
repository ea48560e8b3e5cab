using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;
using Noctis.Gateway.Admission;
using Noctis.Gateway.Explaining;
using Noctis.Gateway.Listeners;

namespace Noctis.Gateway.Traffic;

/// <summary>Counts the traffic at one door, for the facility whose it is, and passes it on. What is nobody's at the shared door counts nowhere.</summary>
internal sealed class TrafficObserver(Door door, DoorAdmission admission, FrontDoor frontDoor, TrafficCounter counter, IAssociationObserver inner) : IAssociationObserver
{
    public void ConnectionOpened(AssociationPeer peer) => inner.ConnectionOpened(peer);

    public void ConnectionFailed(AssociationPeer peer, ConnectionFailure failure) => inner.ConnectionFailed(peer, failure);

    public void AssociationRejected(AssociationPeer peer, AAssociateRq request, AssociateRejection rejection)
    {
        var facility = admission.FindRefusal(rejection) is { } refused
            ? refused.FacilityId
            : frontDoor.FindFacility(door, new AssociationCall(request.CallingAETitle, request.CalledAETitle, peer.RemoteEndPoint.Address));
        if (facility is { } facilityId)
            counter.Refused(facilityId);
        inner.AssociationRejected(peer, request, rejection);
    }

    public void AssociationAccepted(Association association)
    {
        var caller = AdmittedCaller.Of(association);
        counter.AssociationOpened(caller.Scope.FacilityId, caller.DeviceId);
        inner.AssociationAccepted(association);
    }

    public void OperationCompleted(Association association, OperationSummary operation)
    {
        var caller = AdmittedCaller.Of(association);
        switch (operation.Status)
        {
            case null:
                // Its association broke off, and counts as an error itself.
                break;
            case { IsSuccessOrWarning: true }:
                // What is set apart is not stored yet, and may never be.
                if (operation.Command == CommandField.CStoreRequest && !caller.IsQuarantined)
                    counter.ImageStored(caller.Scope.FacilityId, caller.DeviceId, operation.DatasetBytes, operation.Duration);
                break;
            case { } status when FailedOperations.IsOurs(status):
                counter.Failed(caller.Scope.FacilityId);
                break;
            default:
                counter.Refused(caller.Scope.FacilityId);
                break;
        }

        inner.OperationCompleted(association, operation);
    }

    public void AssociationEnded(Association association, AssociationSummary summary)
    {
        var facilityId = AdmittedCaller.Of(association).Scope.FacilityId;
        counter.AssociationClosed(facilityId);
        if (!association.PresentationContexts.Accepted.Any())
            counter.Refused(facilityId);
        else if (summary.Ending != AssociationEnding.Released)
            counter.Failed(facilityId);
        inner.AssociationEnded(association, summary);
    }
}
