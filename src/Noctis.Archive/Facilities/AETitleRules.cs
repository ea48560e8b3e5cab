namespace Noctis.Archive.Facilities;

/// <summary>
/// The AE value representation (PS3.5 6.2): 1 to 16 characters of the default repertoire, without backslash and control characters;
/// spaces around it do not count, and it is not spaces alone. AE titles compare by case in DICOM. Noctis writes its facilities' in upper
/// case and keeps the devices' as they are; who differs in case alone is refused and told so.
/// </summary>
public static class AETitleRules
{
    public const int MaxLength = 16;

    /// <summary>The form of a device's title: without the spaces around it.</summary>
    public static string Trim(string? aeTitle) => (aeTitle ?? "").Trim(' ');

    /// <summary>The form of a facility's title: without the spaces around it, in upper case.</summary>
    public static string Normalize(string? aeTitle) => (aeTitle ?? "").Trim(' ').ToUpperInvariant();

    /// <summary>What is wrong with the title, as a sentence with the rule and the fix; null when it can be used.</summary>
    public static string? Fault(string? aeTitle)
    {
        var title = (aeTitle ?? "").Trim(' ');
        if (title.Length == 0)
            return "An AE title needs at least one character that is not a space.";
        foreach (var c in title)
        {
            if (c == '\\')
                return "An AE title cannot hold a backslash (\\): DICOM uses it to separate values.";
            if (char.IsControl(c))
                return "An AE title cannot hold control characters such as a tab or a line break.";
            if (c > '~')
                return $"An AE title cannot hold \"{c}\": use unaccented letters A to Z, digits and plain punctuation.";
        }

        return title.Length > MaxLength
            ? $"An AE title has at most {MaxLength} characters; this one has {title.Length}."
            : null;
    }
}
