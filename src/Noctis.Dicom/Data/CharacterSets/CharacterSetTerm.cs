using System.Collections.Frozen;
using System.Text;

namespace Noctis.Dicom.Data.CharacterSets;

/// <summary>A defined term of Specific Character Set (PS3.3 C.12.1.1.2): what it makes of the two halves of the code table, or an encoding of its own.</summary>
/// <param name="Name">The term without code extensions where there is one, else with.</param>
/// <param name="G0">What it puts at 21 to 7E; null when it says nothing of that half.</param>
/// <param name="G1">What it puts at A0 to FF; null when it says nothing of that half.</param>
/// <param name="CodePage">Of a multi-byte encoding without code extensions: its code page; 0 otherwise.</param>
internal sealed record CharacterSetTerm(string Name, CodeElement? G0, CodeElement? G1, int CodePage = 0)
{
    internal const int Utf8CodePage = 65001;

    internal static readonly CharacterSetTerm Default = new("ISO_IR 6", CodeElements.Ascii, null);

    private static readonly FrozenDictionary<string, CharacterSetTerm> ByNumber = new Dictionary<string, CharacterSetTerm>
    {
        ["6"] = Default,
        ["100"] = new("ISO_IR 100", CodeElements.Ascii, CodeElements.Latin1),
        ["101"] = new("ISO_IR 101", CodeElements.Ascii, CodeElements.Latin2),
        ["109"] = new("ISO_IR 109", CodeElements.Ascii, CodeElements.Latin3),
        ["110"] = new("ISO_IR 110", CodeElements.Ascii, CodeElements.Latin4),
        ["144"] = new("ISO_IR 144", CodeElements.Ascii, CodeElements.Cyrillic),
        ["127"] = new("ISO_IR 127", CodeElements.Ascii, CodeElements.Arabic),
        ["126"] = new("ISO_IR 126", CodeElements.Ascii, CodeElements.Greek),
        ["138"] = new("ISO_IR 138", CodeElements.Ascii, CodeElements.Hebrew),
        ["148"] = new("ISO_IR 148", CodeElements.Ascii, CodeElements.Latin5),
        ["203"] = new("ISO_IR 203", CodeElements.Ascii, CodeElements.Latin9),
        ["13"] = new("ISO_IR 13", CodeElements.JisRomaji, CodeElements.JisKatakana),
        ["166"] = new("ISO_IR 166", CodeElements.Ascii, CodeElements.Thai),
        ["87"] = new("ISO 2022 IR 87", CodeElements.Kanji, null),
        ["159"] = new("ISO 2022 IR 159", CodeElements.KanjiSupplement, null),
        ["149"] = new("ISO 2022 IR 149", null, CodeElements.Korean),
        ["58"] = new("ISO 2022 IR 58", null, CodeElements.Chinese),
        ["192"] = new("ISO_IR 192", null, null, Utf8CodePage),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, CharacterSetTerm> ByOtherName = new Dictionary<string, CharacterSetTerm>
    {
        [""] = Default,
        ["ASCII"] = Default,
        ["USASCII"] = Default,
        ["GB18030"] = new("GB18030", null, null, CodePages.Gb18030),
        ["GBK"] = new("GBK", null, null, CodePages.Gbk),
        ["GB2312"] = new("GBK", null, null, CodePages.Gbk),
        ["UTF8"] = ByNumber["192"],
        ["UNICODE"] = ByNumber["192"],
        ["LATIN1"] = ByNumber["100"],
        ["ISO88591"] = ByNumber["100"],
        ["ISO88592"] = ByNumber["101"],
        ["ISO88593"] = ByNumber["109"],
        ["ISO88594"] = ByNumber["110"],
        ["ISO88595"] = ByNumber["144"],
        ["ISO88596"] = ByNumber["127"],
        ["ISO88597"] = ByNumber["126"],
        ["ISO88598"] = ByNumber["138"],
        ["ISO88599"] = ByNumber["148"],
        ["ISO885915"] = ByNumber["203"],
        ["ISO885911"] = ByNumber["166"],
        ["TIS620"] = ByNumber["166"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether it has no term without code extensions: two-byte sets, designated by escape sequences.</summary>
    internal bool NeedsEscape => G0 is DoubleByteElement || G1 is DoubleByteElement;

    /// <summary>The term that stands with others: "ISO 2022 IR 100".</summary>
    internal string NameWithExtensions => Name.Replace("ISO_IR", "ISO 2022 IR", StringComparison.Ordinal);

    /// <summary>
    /// The term as written or as commonly misspelt: letters and digits count, in either case ("ISO-IR 100", "iso ir 100",
    /// "ISO2022IR100", "UTF8"); null when it is none.
    /// </summary>
    internal static CharacterSetTerm? Find(string term)
    {
        var letters = new StringBuilder(term.Length);
        foreach (var c in term)
        {
            if (char.IsAsciiLetterOrDigit(c))
                letters.Append(char.ToUpperInvariant(c));
        }

        var plain = letters.ToString();
        if (ByOtherName.TryGetValue(plain, out var other))
            return other;
        foreach (var prefix in (ReadOnlySpan<string>)["ISO2022IR", "ISOIR", "IR", "ISO2022"])
        {
            if (plain.StartsWith(prefix, StringComparison.Ordinal))
                return ByNumber.GetValueOrDefault(plain[prefix.Length..].TrimStart('0'));
        }

        return null;
    }
}
