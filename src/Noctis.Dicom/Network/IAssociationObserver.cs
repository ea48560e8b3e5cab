using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network;

/// <summary>
/// Hears what happens on the associations of a listener, for journal and live status. Called on the association's own loop, and for
/// many associations at once: thread safe, quick, and never waiting for anything. An exception is logged and otherwise ignored.
/// Each connection ends with exactly one of <see cref="ConnectionFailed"/>, <see cref="AssociationRejected"/> and
/// <see cref="AssociationEnded"/>.
/// </summary>
public interface IAssociationObserver
{
    /// <summary>A connection was accepted.</summary>
    /// <param name="peer">From where.</param>
    void ConnectionOpened(AssociationPeer peer)
    {
    }

    /// <summary>A connection ended before there was an association to accept or reject.</summary>
    /// <param name="peer">From where.</param>
    /// <param name="failure">How and why.</param>
    void ConnectionFailed(AssociationPeer peer, ConnectionFailure failure)
    {
    }

    /// <summary>An association was refused.</summary>
    /// <param name="peer">From where.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="rejection">The codes that were sent, and the reason in plain words.</param>
    void AssociationRejected(AssociationPeer peer, AAssociateRq request, AssociateRejection rejection)
    {
    }

    /// <summary>An association was accepted.</summary>
    /// <param name="association">The association.</param>
    void AssociationAccepted(Association association)
    {
    }

    /// <summary>An operation was answered, or its association ended before that.</summary>
    /// <param name="association">The association.</param>
    /// <param name="operation">The operation.</param>
    void OperationCompleted(Association association, OperationSummary operation)
    {
    }

    /// <summary>An association that had been accepted has ended.</summary>
    /// <param name="association">The association.</param>
    /// <param name="summary">How, why, and in numbers.</param>
    void AssociationEnded(Association association, AssociationSummary summary)
    {
    }
}
