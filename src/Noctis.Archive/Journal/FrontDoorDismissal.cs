namespace Noctis.Archive.Journal;

/// <summary>
/// An administrator has dealt with the calls of one caller and cause up to a row: those are out of the inbox. Later ones bring it back.
/// Not tenant owned, as the rows it is about are not.
/// </summary>
public sealed class FrontDoorDismissal
{
    public const int ActorNameLength = 256;

    public long Id { get; init; }

    public required string CallingAETitle { get; init; }

    public required string RemoteAddress { get; init; }

    public JournalCode Code { get; init; }

    /// <summary>The newest row that has been dealt with.</summary>
    public long ThroughId { get; set; }

    public DateTime TimeUtc { get; set; }

    public required string ActorName { get; set; }
}
