namespace Noctis.Archive.Journal;

/// <summary>The configuration section <c>Journal</c>.</summary>
public sealed class JournalOptions
{
    public const string Section = "Journal";

    /// <summary>Days that the record of associations and refused calls goes back.</summary>
    public int KeepDays { get; set; } = 90;
}
