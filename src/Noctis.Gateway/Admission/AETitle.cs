using Noctis.Archive.Facilities;

namespace Noctis.Gateway.Admission;

/// <summary>Compares AE titles as PS3.5 6.2 has it: leading and trailing spaces mean nothing, case does unless a facility says otherwise.</summary>
internal static class AETitle
{
    public static string Normalize(string title) => title.Trim(' ', '\0');

    public static bool Same(string first, string second, bool isCaseSensitive = true) =>
        string.Equals(Normalize(first), Normalize(second), isCaseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    /// <summary>For sentences: a title of spaces alone must not leave a hole in the text.</summary>
    public static string Show(string title) => Clean(title) is { Length: > 0 } shown ? shown : "(an empty title)";

    /// <summary>For logs and the journal: what a hostile or broken peer sends instead of letters becomes '?', and is cut to 16.</summary>
    public static string Clean(string title)
    {
        var clean = Normalize(title);
        if (clean.Length > AETitleRules.MaxLength)
            clean = clean[..AETitleRules.MaxLength];
        return string.Create(clean.Length, clean, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
                target[i] = source[i] is >= ' ' and <= '~' ? source[i] : '?';
        });
    }
}
