using Noctis.Archive.Journal;

namespace Noctis.Gateway.Journal;

/// <summary>What a row says, apart from who called whom and when.</summary>
internal sealed record JournalFacts(JournalKind Kind, JournalOutcome Outcome, JournalCode Code, string? Reason)
{
    /// <summary>Null where there never was an association: the row's own id stands for it.</summary>
    public long? AssociationId { get; init; }

    public long? DeviceId { get; init; }

    public int Images { get; init; }

    public long Bytes { get; init; }

    public TimeSpan Duration { get; init; }

    public int? Status { get; init; }

    public string? SOPClassUID { get; init; }

    public string? SOPInstanceUID { get; init; }

    public string? TransferSyntaxUID { get; init; }

    public AssociationDetails? Details { get; init; }
}
