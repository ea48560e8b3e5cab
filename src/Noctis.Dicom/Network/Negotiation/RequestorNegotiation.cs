using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network.Negotiation;

/// <summary>What a requestor's negotiation came to.</summary>
/// <param name="Contexts">The presentation contexts, accepted or not.</param>
/// <param name="Framing">How to send data to the acceptor, under its maximum length.</param>
public sealed record RequestorNegotiation(PresentationContextTable Contexts, PDataFraming Framing);
