namespace Noctis.Archive.Journal;

/// <summary>What a row tells of: a whole association, or one operation in it, by the service it asked for.</summary>
public enum JournalKind
{
    Association,
    Echo,
    Store,
    Find,
    Move,
    Get,
    Commitment,
}
