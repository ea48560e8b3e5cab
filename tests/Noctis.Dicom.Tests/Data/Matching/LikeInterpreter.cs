namespace Noctis.Dicom.Tests.Data.Matching;

/// <summary>The LIKE of SQL by its definition, slowly, and with the brackets of SQL Server refused, so that an unescaped one is noticed.</summary>
internal static class LikeInterpreter
{
    internal static bool IsLike(string text, string pattern, char escape)
    {
        if (pattern.Length == 0)
            return text.Length == 0;
        switch (pattern[0])
        {
            case '%':
                return Enumerable.Range(0, text.Length + 1).Any(i => IsLike(text[i..], pattern[1..], escape));
            case '_':
                return text.Length > 0 && IsLike(text[1..], pattern[1..], escape);
            case '[':
                throw new FormatException("A bracket begins a set of characters.");
            default:
                var literal = pattern[0] == escape ? pattern[1..] : pattern;
                return text.Length > 0 && text[0] == literal[0] && IsLike(text[1..], literal[1..], escape);
        }
    }
}
