using Noctis.Archive.Journal;

namespace Noctis.Gateway.Watching;

/// <summary>One connection of a device, as far as it has got. Immutable.</summary>
public sealed record ConnectionAttempt
{
    /// <summary>Names the connection among those that are open: the address and port of the peer, and the port that it called.</summary>
    public required string Connection { get; init; }

    public required string RemoteAddress { get; init; }

    /// <summary>The facility's own port, or the shared door's.</summary>
    public required int LocalPort { get; init; }

    /// <summary>When the connection arrived. The network is seen with the attempt itself.</summary>
    public required DateTime StartedUtc { get; init; }

    /// <summary>Empty as long as the peer has not said it.</summary>
    public string CallingAETitle { get; init; } = "";

    public string CalledAETitle { get; init; } = "";

    public DateTime? AcceptedUtc { get; init; }

    public DateTime? EchoedUtc { get; init; }

    /// <summary>When the first object was stored.</summary>
    public DateTime? StoredUtc { get; init; }

    public int Images { get; init; }

    /// <summary>The last thing that went wrong.</summary>
    public ConnectionTrouble? Trouble { get; init; }

    public DateTime? EndedUtc { get; init; }

    /// <summary>
    /// Told by a journal row alone: the attempt was another node's, or was over before the check began. The row is written at the end,
    /// so that the steps have its time, and says nothing of an echo.
    /// </summary>
    public bool IsFromJournal { get; init; }

    /// <summary>When the step was reached; null when it was not.</summary>
    public DateTime? ReachedUtc(ConnectionStep step) => step switch
    {
        ConnectionStep.Network => StartedUtc,
        ConnectionStep.Association => AcceptedUtc,
        ConnectionStep.Echo => EchoedUtc,
        ConnectionStep.Image => StoredUtc,
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "Not a step."),
    };

    /// <summary>The first step that is still missing: where something that breaks the connection leaves the device.</summary>
    public ConnectionStep Next => this switch
    {
        { AcceptedUtc: null } => ConnectionStep.Association,
        { EchoedUtc: null, StoredUtc: null } => ConnectionStep.Echo,
        _ => ConnectionStep.Image,
    };

    /// <summary>The attempt that a row tells of.</summary>
    internal static ConnectionAttempt Of(JournalEntry entry)
    {
        // What was refused within an association, and what broke one off, came after it had been accepted, unless nobody had said a title by then.
        var wasAccepted = entry.Outcome == JournalOutcome.Completed || entry.Kind != JournalKind.Association
            || (entry.Outcome != JournalOutcome.Refused && entry.CallingAETitle.Length > 0);
        DateTime? accepted = wasAccepted ? entry.TimeUtc : null;
        var attempt = new ConnectionAttempt
        {
            Connection = $"row {entry.Id}",
            RemoteAddress = entry.RemoteAddress,
            LocalPort = entry.LocalPort,
            StartedUtc = entry.TimeUtc.AddMilliseconds(-entry.DurationMs),
            CallingAETitle = entry.CallingAETitle,
            CalledAETitle = entry.CalledAETitle,
            AcceptedUtc = accepted,
            EchoedUtc = entry is { Kind: JournalKind.Echo, Outcome: JournalOutcome.Completed } ? entry.TimeUtc : null,
            StoredUtc = entry.Images > 0 || entry is { Kind: JournalKind.Store, Outcome: JournalOutcome.Completed } ? entry.TimeUtc : null,
            Images = entry.Images,
            EndedUtc = entry.TimeUtc,
            IsFromJournal = true,
        };
        if (entry.Outcome == JournalOutcome.Completed)
            return attempt;

        var step = entry.Kind switch
        {
            JournalKind.Echo => ConnectionStep.Echo,
            JournalKind.Store => ConnectionStep.Image,
            _ => attempt.Next,
        };
        return attempt with { Trouble = new ConnectionTrouble(step, entry.Code, entry.Reason ?? "", entry.TimeUtc) };
    }
}
