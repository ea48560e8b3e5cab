using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network.Negotiation;

/// <summary>Why an association is refused: the codes for the peer, and words for its engineer.</summary>
/// <param name="Result">Whether trying again can help.</param>
/// <param name="Reason">The reason, which implies the source.</param>
/// <param name="Explanation">Plain words, for log and journal; nothing of it goes over the wire.</param>
public sealed record AssociateRejection(AssociateRejectResult Result, AssociateRejectReason Reason, string Explanation)
{
    /// <summary>Why, for a program, where it is not the application that refuses.</summary>
    public ConnectionFailureKind Kind { get; init; }

    /// <summary>Who rejects.</summary>
    public AssociateRejectSource Source => (AssociateRejectSource)((ushort)Reason >> 8);

    /// <summary>The A-ASSOCIATE-RJ to send.</summary>
    public AAssociateRj ToPdu() => new(Result, Reason);
}
