namespace Noctis.Archive.Journal;

/// <summary>Rows of the journal, newest first, without their <see cref="JournalEntry.Details"/>, which only the page of one row shows.</summary>
/// <param name="Entries">The rows.</param>
/// <param name="Older">The <see cref="ActivitySearch.Before"/> of the next page; null when there is none.</param>
/// <param name="Newer">The <see cref="ActivitySearch.After"/> of the page before; null when this is the newest.</param>
public sealed record JournalPage(IReadOnlyList<JournalEntry> Entries, long? Older, long? Newer)
{
    /// <summary>
    /// Set where so few rows match that the search has stopped at a depth instead of going through the whole journal: how far back it has
    /// looked. The next page goes on from there.
    /// </summary>
    public DateTime? LookedBackToUtc { get; init; }
}
