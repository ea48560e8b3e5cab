namespace Noctis.Archive.Journal;

/// <summary>What a row tells of: a whole association, or one operation in it that was refused or failed.</summary>
public enum JournalKind
{
    Association,
    Echo,
    Store,
}
