using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network.Negotiation;

/// <summary>What an acceptor's negotiation came to.</summary>
/// <param name="Response">The A-ASSOCIATE-AC to send.</param>
/// <param name="Contexts">The presentation contexts, accepted or not.</param>
/// <param name="Framing">How to send data to the requestor, under its maximum length.</param>
public sealed record AcceptorNegotiation(AAssociateAc Response, PresentationContextTable Contexts, PDataFraming Framing);
