using Noctis.Archive.Journal;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;
using Noctis.Gateway.Admission;
using Noctis.Gateway.Explaining;
using Noctis.Gateway.Listeners;

namespace Noctis.Gateway.Telemetry;

/// <summary>Counts and traces what happens at one door, and passes it on.</summary>
internal sealed class TelemetryObserver(
    Door door, DoorAdmission admission, CurrentDirectory directory, GatewayMetrics metrics, GatewayTraces traces, IAssociationObserver inner) : IAssociationObserver
{
    public void ConnectionOpened(AssociationPeer peer) => inner.ConnectionOpened(peer);

    public void ConnectionFailed(AssociationPeer peer, ConnectionFailure failure)
    {
        metrics.ConnectionFailed(door.FacilityId, failure.Kind);
        inner.ConnectionFailed(peer, failure);
    }

    public void AssociationRejected(AssociationPeer peer, AAssociateRq request, AssociateRejection rejection)
    {
        var refused = admission.FindRefusal(rejection);
        metrics.Refused(refused is null ? door.FacilityId : refused.FacilityId, refused?.Code ?? NetworkRejections.CodeOf(rejection));
        inner.AssociationRejected(peer, request, rejection);
    }

    public void AssociationAccepted(Association association)
    {
        var facility = FacilityOf(association);
        metrics.AssociationOpened(facility);
        traces.AssociationAccepted(association, directory.Value.Find(facility)?.AETitle ?? "");
        inner.AssociationAccepted(association);
    }

    public void OperationCompleted(Association association, OperationSummary operation)
    {
        metrics.OperationCompleted(FacilityOf(association), operation, AdmittedCaller.Of(association).IsQuarantined);
        traces.OperationCompleted(association, operation);
        inner.OperationCompleted(association, operation);
    }

    public void AssociationEnded(Association association, AssociationSummary summary)
    {
        var facility = FacilityOf(association);
        if (!association.PresentationContexts.Accepted.Any())
            metrics.Refused(facility, JournalCode.NoPresentationContext);
        metrics.AssociationClosed(facility, summary.Ending);
        traces.AssociationEnded(association, summary);
        inner.AssociationEnded(association, summary);
    }

    private static Guid FacilityOf(Association association) => AdmittedCaller.Of(association).Scope.FacilityId;
}
