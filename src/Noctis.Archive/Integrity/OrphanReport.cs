namespace Noctis.Archive.Integrity;

/// <summary>What one run of <see cref="OrphanCheck"/> did.</summary>
public sealed record OrphanReport
{
    public long Files { get; set; }

    /// <summary>Files without a row that are in the index now.</summary>
    public long Indexed { get; set; }

    /// <summary>Files without a row that took the place of faulty ones.</summary>
    public long Repaired { get; set; }

    /// <summary>Files without a row that are kept as versions of their images.</summary>
    public long Kept { get; set; }

    /// <summary>Files without a row that were removed, since their images are there.</summary>
    public long Removed { get; set; }

    /// <summary>Files without a row that are no DICOM and lie in <c>lost/</c>.</summary>
    public long Lost { get; set; }

    /// <summary>Files without a row that were not touched.</summary>
    public long Left { get; set; }

    /// <summary>Folders that belong to no facility of the database.</summary>
    public IReadOnlyList<string> Strangers { get; set; } = [];

    public RowsReport Rows { get; set; } = new(0, 0, 0);

    /// <summary>The same in sentences; empty when there was nothing to look at.</summary>
    public string Summary
    {
        get
        {
            if (Files == 0 && Rows.Rows == 0 && Strangers.Count == 0) return "";
            string files = ReportText.Join(
                Some(Indexed, "indexed"),
                Some(Repaired, "put in place of faulty ones"),
                Some(Kept, "kept as versions"),
                Some(Removed, "removed as copies"),
                Some(Lost, "unreadable and moved to lost/"),
                Some(Left, "left alone"));
            string rows = ReportText.Join(Some(Rows.Missing, "missing"), Some(Rows.Found, "found again"));
            string strangers = Strangers.Count switch
            {
                0 => "",
                1 => $" A folder belongs to no facility and was left alone: {Strangers[0]}.",
                _ => $" {ReportText.Count(Strangers.Count, "folder")} belong to no facility and were left alone: {string.Join(", ", Strangers.Take(5))}{(Strangers.Count > 5 ? " …" : "")}.",
            };
            string looked = Files == 0 ? "No file is old enough to be looked for in the index"
                : $"{ReportText.Count(Files, "file")} looked for in the index, {(files.Length == 0 ? "none without a row" : $"without a row: {files}")}";
            return $"{looked}. {ReportText.Count(Rows.Rows, "row")} looked for on disk, {(rows.Length == 0 ? "none without a file" : rows)}.{strangers}";
        }
    }

    private static string? Some(long count, string what) => count == 0 ? null : $"{ReportText.Number(count)} {what}";
}
