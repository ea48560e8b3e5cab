using Noctis.Archive.Journal;

namespace Noctis.Gateway.Watching;

/// <summary>One connection of a device, as far as it has got. Immutable.</summary>
public sealed record ConnectionAttempt
{
    /// <summary>Names the connection among those that are open: the address and port of the peer, and the port that it called.</summary>
    public required string Connection { get; init; }

    /// <summary>Under which the journal has its rows; 0 as long as it is a connection only, or when no row is kept of it.</summary>
    public long AssociationId { get; init; }

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
    /// Told by journal rows alone: the attempt was another node's, or was over before the check began. Rows are written at the end of what they
    /// tell, so that steps without a row of their own have the association's last moment.
    /// </summary>
    public bool IsFromJournal { get; init; }

    /// <summary>The row of the association itself was among them, which counts all images.</summary>
    private bool IsWhole { get; init; }

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

    /// <summary>By which a row and the attempt that it tells of are known to be one.</summary>
    internal static long AssociationIdOf(JournalEntry entry) => entry.AssociationId == 0 ? entry.Id : entry.AssociationId;

    /// <summary>The attempt that a row tells of, when it is the first that is seen of it.</summary>
    internal static ConnectionAttempt Of(JournalEntry entry) => new ConnectionAttempt
    {
        Connection = $"row {entry.Id}",
        AssociationId = AssociationIdOf(entry),
        RemoteAddress = entry.RemoteAddress,
        LocalPort = entry.LocalPort,
        StartedUtc = entry.TimeUtc.AddMilliseconds(-entry.DurationMs),
        CallingAETitle = entry.CallingAETitle,
        CalledAETitle = entry.CalledAETitle,
        IsFromJournal = true,
    }.With(entry);

    /// <summary>The attempt with what another of its rows tells. Rows may come in any order.</summary>
    internal ConnectionAttempt With(JournalEntry entry)
    {
        var isWhole = entry.Kind == JournalKind.Association;
        var isDone = entry.Outcome == JournalOutcome.Completed;
        // What was refused within an association, and what broke one off, came after it had been accepted, unless nobody had said a title by then.
        var wasAccepted = isDone || !isWhole || (entry.Outcome != JournalOutcome.Refused && entry.CallingAETitle.Length > 0);
        var started = entry.TimeUtc.AddMilliseconds(-entry.DurationMs);
        var attempt = this with
        {
            StartedUtc = Earlier(StartedUtc, started)!.Value,
            AcceptedUtc = wasAccepted ? Earlier(AcceptedUtc, isWhole ? entry.TimeUtc : started) : AcceptedUtc,
            EchoedUtc = isDone && entry.Kind == JournalKind.Echo ? Earlier(EchoedUtc, entry.TimeUtc) : EchoedUtc,
            StoredUtc = entry.Images > 0 || (isDone && entry.Kind == JournalKind.Store) ? Earlier(StoredUtc, entry.TimeUtc) : StoredUtc,
            Images = isWhole ? entry.Images : IsWhole ? Images : Images + entry.Images,
            IsWhole = IsWhole || isWhole,
            EndedUtc = EndedUtc is { } ended && ended > entry.TimeUtc ? ended : entry.TimeUtc,
        };
        if (isDone || Trouble?.TimeUtc > entry.TimeUtc)
            return attempt;

        var step = entry.Kind switch
        {
            JournalKind.Echo => ConnectionStep.Echo,
            JournalKind.Store => ConnectionStep.Image,
            _ => attempt.Next,
        };
        return attempt with
        {
            Trouble = new ConnectionTrouble(step, entry.Code, entry.Reason ?? "", entry.TimeUtc)
            {
                Details = entry.Details,
                SOPClassUID = entry.SOPClassUID,
                TransferSyntaxUID = entry.TransferSyntaxUID,
            },
        };
    }

    private static DateTime? Earlier(DateTime? first, DateTime second) => first < second ? first : second;
}
