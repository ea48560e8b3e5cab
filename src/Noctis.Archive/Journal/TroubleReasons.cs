namespace Noctis.Archive.Journal;

/// <summary>
/// Keeps apart what has one cause by its code and yet several reasons: of a device's images some lack a UID, others cannot be read, and
/// each is to be put right by itself. Associations stay together, since their sentences tell addresses and titles.
/// </summary>
public static class TroubleReasons
{
    /// <summary>With more than that a device sends noise, of which a list of reasons tells nobody anything.</summary>
    public const int Most = 5;

    /// <summary>Whether rows of a kind are told apart by their reason.</summary>
    public static bool Count(JournalKind kind) => kind != JournalKind.Association;

    /// <param name="rows">Rows of one kind and cause.</param>
    /// <returns>Those of each reason; all together where reasons do not count, or are too many.</returns>
    public static IEnumerable<IReadOnlyList<JournalEntry>> Apart(IEnumerable<JournalEntry> rows)
    {
        List<JournalEntry> all = [.. rows];
        var byReason = all.Exists(entry => !Count(entry.Kind)) ? [] : all.GroupBy(entry => entry.Reason).ToList();
        return byReason.Count is 0 or > Most ? [all] : byReason.Select(group => (IReadOnlyList<JournalEntry>)[.. group]);
    }
}
