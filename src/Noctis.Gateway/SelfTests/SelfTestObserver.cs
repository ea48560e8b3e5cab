using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;
using Noctis.Gateway.Admission;
using Noctis.Gateway.Listeners;

namespace Noctis.Gateway.SelfTests;

/// <summary>Keeps the self-test out of journal, figures and live views, and passes everything else on.</summary>
internal sealed class SelfTestObserver(Door door, SelfTestConnections connections, IAssociationObserver inner) : IAssociationObserver
{
    public void ConnectionOpened(AssociationPeer peer)
    {
        if (!IsOurs(peer))
            inner.ConnectionOpened(peer);
    }

    public void ConnectionFailed(AssociationPeer peer, ConnectionFailure failure)
    {
        if (IsOurs(peer))
            connections.Ended(peer.RemoteEndPoint);
        else
            inner.ConnectionFailed(peer, failure);
    }

    public void AssociationRejected(AssociationPeer peer, AAssociateRq request, AssociateRejection rejection)
    {
        if (IsOurs(peer))
            connections.Ended(peer.RemoteEndPoint);
        else
            inner.AssociationRejected(peer, request, rejection);
    }

    public void AssociationAccepted(Association association)
    {
        if (!IsOurs(association))
            inner.AssociationAccepted(association);
    }

    public void OperationCompleted(Association association, OperationSummary operation)
    {
        if (!IsOurs(association))
            inner.OperationCompleted(association, operation);
    }

    public void AssociationEnded(Association association, AssociationSummary summary)
    {
        if (IsOurs(association))
            connections.Ended(association.Peer.RemoteEndPoint);
        else
            inner.AssociationEnded(association, summary);
    }

    private bool IsOurs(AssociationPeer peer) => connections.IsOurs(peer.RemoteEndPoint, door.FacilityId);

    private static bool IsOurs(Association association) => association.State is AdmittedCaller { IsSelfTest: true };
}
