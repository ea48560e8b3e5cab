using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network.Negotiation;

/// <summary>A presentation context after negotiation: what was proposed and what became of it (PS3.8 9.3.2.2 and 9.3.3.2). Immutable.</summary>
public sealed record PresentationContext
{
    /// <summary>The context's id: odd, unique in the association.</summary>
    public required byte Id { get; init; }

    /// <summary>UID of the SOP class or meta SOP class.</summary>
    public required string AbstractSyntax { get; init; }

    /// <summary>UIDs of the proposed transfer syntaxes, in order.</summary>
    public required IReadOnlyList<string> ProposedTransferSyntaxes { get; init; }

    /// <summary>Accepted, or why not.</summary>
    public required PresentationContextResult Result { get; init; }

    /// <summary>UID of the accepted transfer syntax; null when the context is not accepted.</summary>
    public string? TransferSyntax { get; init; }

    /// <summary>The association requestor is SCU in this context: the default (PS3.7 D.3.3.4).</summary>
    public bool RequestorIsScu { get; init; } = true;

    /// <summary>The association requestor is SCP in this context, as it is for the storage part of a C-GET (PS3.7 D.3.3.4).</summary>
    public bool RequestorIsScp { get; init; }

    /// <summary>Messages may be sent in this context.</summary>
    public bool IsAccepted => Result == PresentationContextResult.Acceptance;
}
