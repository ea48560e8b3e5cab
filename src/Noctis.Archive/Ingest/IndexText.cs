namespace Noctis.Archive.Ingest;

/// <summary>Makes text from outside fit for any of the databases: no control characters, no halves of characters, no excess length.</summary>
internal static class IndexText
{
    public static string? Clean(string? value, int maxLength)
    {
        if (value is null) return null;
        string text = Array.TrueForAll([.. value], IsPlain) ? value : string.Create(value.Length, value, static (span, source) =>
        {
            for (int i = 0; i < source.Length; i++) span[i] = Replacement(source, i);
        });
        text = Cut(text.Trim(), maxLength);
        return text.Length == 0 ? null : text;
    }

    /// <summary>Cuts without leaving half of a surrogate pair.</summary>
    public static string Cut(string text, int maxLength)
    {
        if (text.Length <= maxLength) return text;
        return text[..(char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)].TrimEnd();
    }

    private static bool IsPlain(char c) => !char.IsControl(c) && !char.IsSurrogate(c);

    private static char Replacement(string source, int i)
    {
        char c = source[i];
        if (char.IsControl(c)) return ' ';
        bool lone = (char.IsHighSurrogate(c) && (i + 1 == source.Length || !char.IsLowSurrogate(source[i + 1])))
            || (char.IsLowSurrogate(c) && (i == 0 || !char.IsHighSurrogate(source[i - 1])));
        return lone ? '\uFFFD' : c;
    }
}
