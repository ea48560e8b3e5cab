using System.Globalization;
using System.Text;

namespace Noctis.Archive.Facilities;

/// <summary>
/// Turns names of any script into the letters A to Z and digits that an AE title can hold, as far as the script gives any: Latin with
/// its accents and special letters, Cyrillic and Greek by table, digits of every script. The rest is left out.
/// </summary>
internal static class Transliteration
{
    // Latin letters that have no decomposition.
    private const string Latin = """
        ẞ=SS ß=SS Ø=O Æ=AE Œ=OE Ł=L Đ=D Ð=D Þ=TH
        Ħ=H Ŧ=T Ŋ=NG Ɓ=B Ɗ=D Ɛ=E Ƒ=F Ɠ=G Ɨ=I Ƙ=K
        Ɔ=O Ƴ=Y Ə=A ı=I
        """;

    // Cyrillic: Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Macedonian, without soft and hard signs.
    private const string Cyrillic = """
        А=A Б=B В=V Г=G Ґ=G Д=D Ђ=DJ Е=E Є=YE Ж=ZH
        З=Z Ѕ=DZ И=I І=I Ј=J К=K Л=L Љ=LJ М=M Н=N
        Њ=NJ О=O П=P Р=R С=S Т=T Ћ=C У=U Ф=F Х=KH
        Ц=TS Ч=CH Џ=DZ Ш=SH Щ=SHCH Ы=Y Э=E Ю=YU Я=YA
        Ә=A Ғ=G Қ=Q Ң=NG Ө=O Ұ=U Ү=U Һ=H
        """;

    // Greek.
    private const string Greek = """
        Α=A Β=V Γ=G Δ=D Ε=E Ζ=Z Η=I Θ=TH Ι=I Κ=K
        Λ=L Μ=M Ν=N Ξ=X Ο=O Π=P Ρ=R Σ=S Τ=T Υ=Y
        Φ=F Χ=CH Ψ=PS Ω=O
        """;

    private static readonly Dictionary<char, string> Letters = $"{Latin} {Cyrillic} {Greek}"
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .ToDictionary(pair => pair[0], pair => pair[2..]);

    /// <summary>Letters A to Z and digits alone; empty when the name gives none.</summary>
    public static string ToAsciiLettersAndDigits(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return "";

        var ascii = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            // Damaged text (a lone surrogate) arrives here as U+FFFD, which decomposes to itself and is left out.
            foreach (var c in rune.ToString().Normalize(NormalizationForm.FormKD))
                Append(ascii, c);
        }

        return ascii.ToString();
    }

    private static void Append(StringBuilder ascii, char c)
    {
        var upper = char.ToUpperInvariant(c);
        if (char.IsAsciiLetterUpper(upper) || char.IsAsciiDigit(upper))
            ascii.Append(upper);
        else if (Letters.TryGetValue(upper, out var latin))
            ascii.Append(latin);
        else if (CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit)
            ascii.Append((char)('0' + digit));
    }
}
