namespace Noctis.Archive.Journal;

/// <summary>What is written to the journal together.</summary>
/// <param name="Entries">Rows of any facilities.</param>
/// <param name="FrontDoor">The administrators' rows.</param>
/// <param name="Seen">At most one for a device.</param>
public sealed record JournalBatch(IReadOnlyList<JournalEntry> Entries, IReadOnlyList<FrontDoorEntry> FrontDoor, IReadOnlyList<DeviceSeen> Seen)
{
    /// <summary>An attempt to write it has failed, and some of it may be in the database all the same.</summary>
    public bool IsRepeated { get; init; }
}
