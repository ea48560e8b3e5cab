using System.Globalization;

namespace Noctis.Archive.Integrity;

/// <summary>Numbers as they stand in the sentences that jobs report.</summary>
internal static class ReportText
{
    public static string Count(long count, string one, string? many = null) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + 's')}");

    public static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Time(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Joins what is not empty as a list of people would: "a, b and c".</summary>
    public static string Join(params IEnumerable<string?> parts)
    {
        string[] said = [.. parts.OfType<string>().Where(part => part.Length > 0)];
        return said.Length <= 1 ? string.Concat(said) : string.Join(", ", said[..^1]) + " and " + said[^1];
    }
}
