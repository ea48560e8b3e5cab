namespace Noctis.Archive.Journal;

/// <summary>
/// Conditions on journal rows, written so that the small indexes answer them: a database takes a filtered index only where the query repeats
/// the filter as a constant, beside whatever else it asks.
/// </summary>
internal static class JournalRows
{
    /// <param name="rows">Which rows.</param>
    /// <param name="outcome">Any: for that of success the index of all rows is used.</param>
    public static IQueryable<JournalEntry> Of(this IQueryable<JournalEntry> rows, JournalOutcome outcome) =>
        outcome == JournalOutcome.Completed
            ? rows.Where(entry => entry.Outcome == JournalOutcome.Completed)
            : rows.Where(entry => entry.Outcome == outcome && entry.Outcome != JournalOutcome.Completed);

    /// <param name="rows">Which rows.</param>
    /// <param name="kind">Any: for that of stored images the index of all rows is used.</param>
    public static IQueryable<JournalEntry> Of(this IQueryable<JournalEntry> rows, JournalKind kind) =>
        kind == JournalKind.Store
            ? rows.Where(entry => entry.Kind == JournalKind.Store)
            : rows.Where(entry => entry.Kind == kind && entry.Kind != JournalKind.Store);

    /// <summary>From this moment on, by id: there is no index by time, and ids grow with it.</summary>
    public static IQueryable<JournalEntry> Since(this IQueryable<JournalEntry> rows, DateTime utc)
    {
        var first = IdGenerator.FirstAt(utc);
        return rows.Where(entry => entry.Id >= first);
    }
}
