using Microsoft.Extensions.Logging;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network.Internal;

/// <summary>Tells an observer, whose mistakes must not end an association.</summary>
internal sealed class GuardedObserver(IAssociationObserver? observer, ILogger logger)
{
    public void ConnectionOpened(AssociationPeer peer) =>
        Tell(peer, static (observer, peer) => observer.ConnectionOpened(peer));

    public void ConnectionFailed(AssociationPeer peer, ConnectionFailure failure) =>
        Tell((peer, failure), static (observer, told) => observer.ConnectionFailed(told.peer, told.failure));

    public void AssociationRejected(AssociationPeer peer, AAssociateRq request, AssociateRejection rejection) =>
        Tell((peer, request, rejection), static (observer, told) => observer.AssociationRejected(told.peer, told.request, told.rejection));

    public void AssociationAccepted(Association association) =>
        Tell(association, static (observer, association) => observer.AssociationAccepted(association));

    public void OperationCompleted(Association association, OperationSummary operation) =>
        Tell((association, operation), static (observer, told) => observer.OperationCompleted(told.association, told.operation));

    public void AssociationEnded(Association association, AssociationSummary summary) =>
        Tell((association, summary), static (observer, told) => observer.AssociationEnded(told.association, told.summary));

    private void Tell<T>(T told, Action<IAssociationObserver, T> tell)
    {
        if (observer is null)
            return;
        try
        {
            tell(observer, told);
        }
        catch (Exception exception)
        {
            Log.ObserverFailed(logger, exception);
        }
    }
}
