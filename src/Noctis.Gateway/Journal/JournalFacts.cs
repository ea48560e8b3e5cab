using Noctis.Archive.Journal;

namespace Noctis.Gateway.Journal;

/// <summary>What a row says, apart from who called whom and when.</summary>
internal sealed record JournalFacts(JournalKind Kind, JournalOutcome Outcome, JournalCode Code, string? Reason)
{
    public long? DeviceId { get; init; }

    public int Images { get; init; }

    public long Bytes { get; init; }

    public TimeSpan Duration { get; init; }

    public int? Status { get; init; }
}
