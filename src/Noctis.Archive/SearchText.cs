using System.Globalization;
using System.Text;

namespace Noctis.Archive;

/// <summary>
/// The form in which text is stored a second time for searching. Databases differ in what they call equal (collations), so
/// search columns hold folded text, compared byte by byte on all of them: upper case, without diacritics, single spaces.
/// </summary>
public static class SearchText
{
    /// <summary>Folds text for a search column or a search term: "Müller  Anna" and "MULLER ANNA" become the same.</summary>
    public static string Fold(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "";

        var folded = new StringBuilder(text.Length);
        var pendingSpace = false;
        // Damaged text, a lone surrogate, cannot be normalized: it becomes U+FFFD first.
        var whole = text.Any(char.IsSurrogate) ? string.Concat(text.EnumerateRunes()) : text;
        var decomposed = whole.Normalize(NormalizationForm.FormKD);
        foreach (var c in decomposed)
        {
            if (char.IsWhiteSpace(c))
            {
                pendingSpace = folded.Length > 0;
                continue;
            }

            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Control)
                continue;
            if (pendingSpace)
                folded.Append(' ');
            pendingSpace = false;
            _ = c switch
            {
                'ß' or 'ẞ' => folded.Append("SS"),
                'ø' or 'Ø' => folded.Append('O'),
                'ł' or 'Ł' => folded.Append('L'),
                'æ' or 'Æ' => folded.Append("AE"),
                'œ' or 'Œ' => folded.Append("OE"),
                'đ' or 'Đ' => folded.Append('D'),
                'ı' => folded.Append('I'),
                _ => folded.Append(char.ToUpperInvariant(c)),
            };
        }

        return folded.ToString();
    }
}
