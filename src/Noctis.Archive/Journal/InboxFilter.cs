namespace Noctis.Archive.Journal;

/// <summary>Which calls of the inbox are looked for.</summary>
public sealed record InboxFilter
{
    public JournalCode? Code { get; init; }

    /// <summary>A part of the calling AE title or of the address; case is no matter.</summary>
    public string Text { get; init; } = "";

    /// <summary>Those that were dealt with, instead of those that wait.</summary>
    public bool IsDealtWith { get; init; }
}
