namespace Noctis.Archive.Integrity;

/// <summary>What <see cref="RowsWithoutFiles"/> found.</summary>
/// <param name="Rows">Looked at.</param>
/// <param name="Missing">Whose file is not there.</param>
/// <param name="Found">Whose file was missing and is there again.</param>
public sealed record RowsReport(long Rows, long Missing, long Found)
{
    internal RowsReport Add(RowsReport other) => new(Rows + other.Rows, Missing + other.Missing, Found + other.Found);
}
