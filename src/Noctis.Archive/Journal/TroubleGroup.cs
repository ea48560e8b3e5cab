namespace Noctis.Archive.Journal;

/// <summary>Everything of one facility that was turned away, or failed, for one cause and, within associations, one reason.</summary>
/// <param name="Count">How often.</param>
/// <param name="Last">The newest row of it: whose facility, who called, what for, and why not.</param>
public sealed record TroubleGroup(int Count, JournalEntry Last)
{
    /// <summary>The reason of the last is not that of all.</summary>
    public bool HasOtherReasons { get; init; }
}
