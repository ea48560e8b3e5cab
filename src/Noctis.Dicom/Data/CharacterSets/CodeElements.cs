namespace Noctis.Dicom.Data.CharacterSets;

/// <summary>The code elements of PS3.3 Tables C.12-2 to C.12-4, and how a reader recognises their escape sequences.</summary>
internal static class CodeElements
{
    private const string AsciiCharacters =
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\u007F";

    /// <summary>Where code pages of Microsoft and the mapping of JIS X 0208 part: wave dash, double line, minus, cent, pound, not.</summary>
    private const string JisCorrections =
        "\uFF5E\u301C\u2225\u2016\uFF0D\u2212\uFFE0\u00A2\uFFE1\u00A3\uFFE2\u00AC";

    internal static readonly CodeElement Ascii = new SingleByteElement("ISO-IR 6", false, "(B", 0x20, AsciiCharacters);

    /// <summary>ASCII but for yen sign and overline.</summary>
    internal static readonly CodeElement JisRomaji = new SingleByteElement(
        "ISO-IR 14", false, "(J", 0x20, AsciiCharacters.Replace('\\', '\u00A5').Replace('~', '\u203E'));

    internal static readonly CodeElement JisKatakana = new SingleByteElement("ISO-IR 13", true, ")I", 0xA1, Katakana());

    internal static readonly CodeElement Latin1 = new SingleByteElement("ISO-IR 100", true, "-A", 0xA0, RightHalves.Latin1);
    internal static readonly CodeElement Latin2 = new SingleByteElement("ISO-IR 101", true, "-B", 0xA0, RightHalves.Latin2);
    internal static readonly CodeElement Latin3 = new SingleByteElement("ISO-IR 109", true, "-C", 0xA0, RightHalves.Latin3);
    internal static readonly CodeElement Latin4 = new SingleByteElement("ISO-IR 110", true, "-D", 0xA0, RightHalves.Latin4);
    internal static readonly CodeElement Cyrillic = new SingleByteElement("ISO-IR 144", true, "-L", 0xA0, RightHalves.Cyrillic);
    internal static readonly CodeElement Arabic = new SingleByteElement("ISO-IR 127", true, "-G", 0xA0, RightHalves.Arabic);
    internal static readonly CodeElement Greek = new SingleByteElement("ISO-IR 126", true, "-F", 0xA0, RightHalves.Greek);
    internal static readonly CodeElement Hebrew = new SingleByteElement("ISO-IR 138", true, "-H", 0xA0, RightHalves.Hebrew);
    internal static readonly CodeElement Latin5 = new SingleByteElement("ISO-IR 148", true, "-M", 0xA0, RightHalves.Latin5);
    internal static readonly CodeElement Latin9 = new SingleByteElement("ISO-IR 203", true, "-b", 0xA0, RightHalves.Latin9);
    internal static readonly CodeElement Thai = new SingleByteElement("ISO-IR 166", true, "-T", 0xA0, RightHalves.Thai);

    internal static readonly CodeElement Kanji =
        new DoubleByteElement("ISO-IR 87", false, "$B", CodePages.JapaneseEuc, corrections: JisCorrections);

    /// <summary>The code page lacks tilde (2237) and numero sign (2271).</summary>
    internal static readonly CodeElement KanjiSupplement =
        new DoubleByteElement("ISO-IR 159", false, "$(D", CodePages.JapaneseEuc, trailMask: 0, additions: "\u2237\uFF5E\u2271\u2116");

    /// <summary>Read as its superset UHC, which Korean devices send under this name: its further trail bytes clash with no delimiter.</summary>
    internal static readonly CodeElement Korean = new DoubleByteElement("ISO-IR 149", true, "$)C", CodePages.KoreanUhc, isWider: true);

    internal static readonly CodeElement Chinese = new DoubleByteElement("ISO-IR 58", true, "$)A", CodePages.Gbk);

    private static readonly (string Escape, CodeElement Element)[] Recognised =
    [
        .. new[]
        {
            Ascii, JisRomaji, JisKatakana, Latin1, Latin2, Latin3, Latin4, Cyrillic, Arabic, Greek, Hebrew, Latin5, Latin9, Thai,
            Kanji, KanjiSupplement, Korean, Chinese,
        }.Select(e => (e.Escape, e)),

        // Not among the sequences of the standard, but met: the long form of JIS X 0208, its edition of 1978, katakana as
        // G0, and the Korean and Chinese sets as G0.
        ("$(B", Kanji),
        ("$@", Kanji),
        ("(I", new SingleByteElement("ISO-IR 13 as G0", false, "(I", 0x21, Katakana())),
        ("$(C", new DoubleByteElement("ISO-IR 149 as G0", false, "$(C", CodePages.KoreanUhc)),
        ("$A", new DoubleByteElement("ISO-IR 58 as G0", false, "$A", CodePages.Gbk)),
        ("$(A", new DoubleByteElement("ISO-IR 58 as G0", false, "$(A", CodePages.Gbk)),
    ];

    /// <summary>The element that the bytes after an ESC designate, and how many bytes do; null when they are none of those known.</summary>
    internal static CodeElement? Designated(ReadOnlySpan<byte> afterEscape, out int length)
    {
        foreach (var (escape, element) in Recognised)
        {
            length = escape.Length;
            if (afterEscape.Length >= length && Matches(afterEscape, escape))
                return element;
        }

        length = 0;
        return null;
    }

    private static bool Matches(ReadOnlySpan<byte> bytes, string escape)
    {
        for (var i = 0; i < escape.Length; i++)
        {
            if (bytes[i] != escape[i])
                return false;
        }

        return true;
    }

    private static string Katakana() => string.Concat(Enumerable.Range(0xFF61, 63).Select(c => (char)c));
}
