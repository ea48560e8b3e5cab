using System.Text;

namespace Noctis.Dicom.Data.Matching;

/// <summary>
/// Text without what does not count in a comparison. An archive that searches by SQL keeps a column of folded text and
/// compares it with the operands of the keys, which are folded the same way.
/// </summary>
/// <remarks>
/// Folding folded text changes nothing. "ue" is not "ü": "Müller" matches "Muller" and "MULLER", not "Mueller", because the
/// other way round "Bauer" would match "Baur". Safe on any thread.
/// </remarks>
public static class TextFolding
{
    private const char Replacement = '\uFFFD';
    private const char NoCharacter = '\uFFFE';

    /// <summary>The text, folded.</summary>
    public static string Fold(string text, MatchingFolding folding)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Ascii.IsValid(text))
        {
            text = WellFormed(text);
            if (folding.HasFlag(MatchingFolding.IgnoreWidth))
                text = WithoutWidth(text);
            if (folding.HasFlag(MatchingFolding.IgnoreAccents))
                text = WithoutAccents(text);
        }

        return folding.HasFlag(MatchingFolding.IgnoreCase) ? text.ToUpperInvariant() : text;
    }

    /// <summary>
    /// A value of a PN by its three component groups, each folded, with spaces around components and empty components at the
    /// end left out (PS3.5 6.2.1): what <see cref="PersonNameKey"/> compares. Groups that are missing are empty.
    /// </summary>
    public static (string Alphabetic, string Ideographic, string Phonetic) FoldName(string name, MatchingFolding folding)
    {
        ArgumentNullException.ThrowIfNull(name);
        var groups = name.Split('=');
        return (At(0), At(1), At(2));

        string At(int i) => i < groups.Length ? Fold(TrimGroup(groups[i]), folding) : "";
    }

    /// <summary>A component group as it counts: "Doe ^ John^^" is "Doe^John".</summary>
    internal static string TrimGroup(string group)
    {
        var components = group.Split('^');
        for (var i = 0; i < components.Length; i++)
            components[i] = AsciiText.Trim(components[i]);
        return string.Join('^', components).TrimEnd('^');
    }

    /// <summary>Without halves of surrogate pairs and U+FFFE, which normalization does not take.</summary>
    private static string WellFormed(string text)
    {
        char[]? repaired = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]) && text[i] != NoCharacter)
                continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                i++;
            else
                (repaired ??= text.ToCharArray())[i] = Replacement;
        }

        return repaired is null ? text : new string(repaired);
    }

    /// <summary>
    /// Full-width letters and digits to ASCII, half-width katakana to katakana. Full-width signs stay: a full-width asterisk
    /// must not become a wildcard, nor an equals sign a delimiter.
    /// </summary>
    private static string WithoutWidth(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uFF10', '\uFF9F') < 0)
            return text;
        var folded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is (>= '\uFF10' and <= '\uFF19') or (>= '\uFF21' and <= '\uFF3A') or (>= '\uFF41' and <= '\uFF5A'))
            {
                folded.Append((char)(c - 0xFEE0));
            }
            else if (IsHalfWidthKana(c))
            {
                var start = i;
                while (i + 1 < text.Length && IsHalfWidthKana(text[i + 1]))
                    i++;

                // A voiced sound is two half-width characters and one katakana.
                folded.Append(text[start..(i + 1)].Normalize(NormalizationForm.FormKC));
            }
            else
            {
                folded.Append(c);
            }
        }

        return folded.ToString();
    }

    private static bool IsHalfWidthKana(char c) => c is >= '\uFF65' and <= '\uFF9F';

    private static string WithoutAccents(string text)
    {
        var folded = new StringBuilder(text.Length);
        var letter = '\0';
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (IsAccent(c))
            {
                if (BelongsToLetter(letter, c))
                    folded.Append(c);
                continue;
            }

            letter = c;
            if (PlainLetters(c) is { } plain)
                folded.Append(plain);
            else
                folded.Append(c);
        }

        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Combining diacritical marks, points of Hebrew, vowel signs and hamza of Arabic with its tatweel.</summary>
    private static bool IsAccent(char c) => c is (>= '\u0300' and <= '\u036F')
        or (>= '\u0591' and <= '\u05BD') or '\u05BF' or '\u05C1' or '\u05C2' or '\u05C4' or '\u05C5' or '\u05C7'
        or '\u0640' or (>= '\u064B' and <= '\u0655') or '\u0670';

    /// <summary>In Cyrillic a mark makes another letter (й, ї, ў, ќ), except that е is written for ё.</summary>
    private static bool BelongsToLetter(char letter, char mark) =>
        letter is >= '\u0400' and <= '\u04FF' && !(letter is 'е' or 'Е' && mark == '\u0308');

    /// <summary>What is written for letters that do not decompose, and for the typographic apostrophe and hyphens.</summary>
    private static string? PlainLetters(char c) => c switch
    {
        'ß' => "ss",
        'ẞ' => "SS",
        'æ' => "ae",
        'Æ' => "AE",
        'œ' => "oe",
        'Œ' => "OE",
        'ø' => "o",
        'Ø' => "O",
        'đ' or 'ð' => "d",
        'Đ' or 'Ð' => "D",
        'ħ' => "h",
        'Ħ' => "H",
        'ı' => "i",
        'ł' => "l",
        'Ł' => "L",
        'ŋ' => "n",
        'Ŋ' => "N",
        'ŧ' => "t",
        'Ŧ' => "T",
        'þ' => "th",
        'Þ' => "TH",
        '\u2019' or '\u02BC' => "'",
        '\u2010' or '\u2011' => "-",
        _ => null,
    };
}
