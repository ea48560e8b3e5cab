using Noctis.Dicom.Data;

namespace Noctis.Dicom.Tests.Data;

public class DicomCharacterSetTests
{
    private const string Esc = "\u001b";

    /// <summary>Examples of PS3.5 annexes H, I, J and K, and of each single-byte set: terms, representation, bytes, text.</summary>
    public static TheoryData<string, string, string, string> Examples => new()
    {
        // PS3.5 H.3.1
        {
            @"\ISO 2022 IR 87", "PN",
            $"Yamada^Tarou={Esc}$B;3ED{Esc}(B^{Esc}$BB@O:{Esc}(B={Esc}$B$d$^$@{Esc}(B^{Esc}$B$?$m$&{Esc}(B",
            "Yamada^Tarou=山田^太郎=やまだ^たろう"
        },
        // PS3.5 H.3.2
        {
            @"ISO 2022 IR 13\ISO 2022 IR 87", "PN",
            $"\u00d4\u00cf\u00c0\u00de^\u00c0\u00db\u00b3={Esc}$B;3ED{Esc}(J^{Esc}$BB@O:{Esc}(J={Esc}$B$d$^$@{Esc}(J^{Esc}$B$?$m$&{Esc}(J",
            "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう"
        },
        // PS3.5 I.2
        {
            @"\ISO 2022 IR 149", "PN",
            $"Hong^Gildong={Esc}$)C\u00fb\u00f3^{Esc}$)C\u00d1\u00ce\u00d4\u00d7={Esc}$)C\u00c8\u00ab^{Esc}$)C\u00b1\u00e6\u00b5\u00bf",
            "Hong^Gildong=洪^吉洞=홍^길동"
        },
        { @"\ISO 2022 IR 149", "LO", $"{Esc}$)C\u00b1\u00e8\u00c8\u00f1\u00c1\u00df", "김희중" },
        // PS3.5 J.3 and J.4
        { "ISO_IR 192", "PN", "Wang^XiaoDong=\u00e7\u008e\u008b^\u00e5\u00b0\u008f\u00e4\u00b8\u009c", "Wang^XiaoDong=王^小东" },
        { "GB18030", "PN", "Wang^XiaoDong=\u00cd\u00f5^\u00d0\u00a1\u00b6\u00ab", "Wang^XiaoDong=王^小东" },
        { "GBK", "PN", "Wang^XiaoDong=\u00cd\u00f5^\u00d0\u00a1\u00b6\u00ab", "Wang^XiaoDong=王^小东" },
        // PS3.5 K.2
        {
            @"\ISO 2022 IR 58", "PN",
            $"Zhang^XiaoDong={Esc}$)A\u00d5\u00c5^{Esc}$)A\u00d0\u00a1\u00b6\u00ab", "Zhang^XiaoDong=张^小东"
        },
        { "ISO_IR 100", "PN", "Buc^J\u00e9r\u00f4me", "Buc^Jérôme" },
        { "ISO_IR 101", "PN", "W\u00e6\u00b3\u00ae", "WćłŽ" },
        { "ISO_IR 109", "LO", "\u00a1\u00b1", "Ħħ" },
        { "ISO_IR 110", "LO", "\u00a2\u00bf", "ĸŋ" },
        { "ISO_IR 144", "PN", "\u00bb\u00ee\u00dace\u00dc\u00d1yp\u00d3", "Люкceмбypг" },
        { "ISO_IR 127", "PN", "\u00e2\u00c8\u00c7\u00e6\u00ea^\u00e4\u00e6\u00d2\u00c7\u00d1", "قباني^لنزار" },
        { "ISO_IR 126", "PN", "\u00c4\u00e9\u00ef\u00ed\u00f5\u00f3\u00e9\u00ef\u00f2", "Διονυσιος" },
        { "ISO_IR 138", "PN", "\u00f9\u00f8\u00e5\u00ef^\u00e3\u00e1\u00e5\u00f8\u00e4", "שרון^דבורה" },
        { "ISO_IR 148", "PN", "\u00c7avu\u00fEo\u00f0lu", "Çavuşoğlu" },
        { "ISO_IR 203", "LO", "\u00a4 \u00bc\u00bd", "€ Œœ" },
        { "ISO_IR 166", "PN", "\u00b9\u00d2\u00c1\u00ca\u00a1\u00d8\u00c5", "นามสกุล" },
        { "ISO_IR 13", "PN", "\u00d4\u00cf\u00c0\u00de^\u00c0\u00db\u00b3", "ﾔﾏﾀﾞ^ﾀﾛｳ" },
        // Two right halves, and back to the first one before the delimiter.
        { @"ISO 2022 IR 100\ISO 2022 IR 144", "PN", $"J\u00e9{Esc}-L\u00bb\u00ee{Esc}-A^\u00e9", "JéЛю^é" },
        // A trail byte that looks like a delimiter: 5C and 5E.
        { "GB18030", "LO", "\u00d6\\\u00cd\u00f5\\A", @"謀王\A" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Decode_Example_IsTheText(string terms, string vr, string bytes, string text) => Assert.Equal(
        text, string.Join('\\', DicomCharacterSet.Parse(terms.Split('\\')).DecodeValues(Bytes.Of(bytes), DicomVR.Lookup(vr)!)));

    [Theory]
    [MemberData(nameof(Examples))]
    public void Encode_Example_IsTheBytes(string terms, string vr, string bytes, string text) => Assert.Equal(
        Bytes.Of(bytes), DicomCharacterSet.Parse(terms.Split('\\')).Encode(text.Split('\\'), DicomVR.Lookup(vr)!));

    [Theory]
    [InlineData("ISO_IR 100")]
    [InlineData("ISO-IR 100")]
    [InlineData("ISO IR 100")]
    [InlineData("iso_ir 100")]
    [InlineData("ISO_IR100 ")]
    [InlineData("ISO_IR_100")]
    [InlineData("ISO 2022 IR 100")]
    [InlineData("ISO2022IR100")]
    [InlineData("ISO 2022-IR 100")]
    [InlineData("ISO_2022_IR_100")]
    [InlineData("latin1")]
    [InlineData("ISO8859-1")]
    public void Parse_SpellingOfLatin1_IsUnderstood(string term)
    {
        var set = DicomCharacterSet.Parse(term);

        Assert.Empty(set.UnknownTerms);
        Assert.Equal("é", set.Decode([0xE9]));
    }

    [Theory]
    [InlineData("UTF8")]
    [InlineData("utf-8")]
    [InlineData("ISO IR 192")]
    [InlineData("ISO 2022 IR 192")]
    [InlineData(@"\ISO_IR 192")]
    [InlineData(@"ISO_IR 192\ISO 2022 IR 87")]
    [InlineData(@"ISO 2022 IR 6\ISO_IR 192")]
    public void Parse_SpellingOfUtf8_IsUnderstood(string terms) =>
        Assert.Equal("é", DicomCharacterSet.Parse(terms.Split('\\')).Decode([0xC3, 0xA9]));

    [Fact]
    public void Parse_UnknownTerm_IsNamedAndReadAsUndeclared()
    {
        var set = DicomCharacterSet.Parse("KLINGON");

        Assert.Equal(["KLINGON"], set.UnknownTerms);
        Assert.Equal("é", set.Decode([0xE9]));
        Assert.Equal("é", set.Decode([0xC3, 0xA9]));
    }

    [Fact]
    public void Decode_KoreanWithoutRepeatedEscape_IsReadAllTheSame()
    {
        var set = DicomCharacterSet.Parse("", "ISO 2022 IR 149");

        Assert.Equal("洪^吉洞", set.DecodeValues(Bytes.Of($"{Esc}$)C\u00fb\u00f3^\u00d1\u00ce\u00d4\u00d7"), DicomVR.PN)[0]);
        Assert.Equal("洪^吉洞", set.DecodeValues(Bytes.Of("\u00fb\u00f3^\u00d1\u00ce\u00d4\u00d7"), DicomVR.PN)[0]);
    }

    [Fact]
    public void Decode_JapaneseAloneAsFirstTerm_BeginsInAscii() => Assert.Equal(
        "A^山", DicomCharacterSet.Parse("ISO 2022 IR 87").DecodeValues(Bytes.Of($"A^{Esc}$B;3{Esc}(B"), DicomVR.PN)[0]);

    [Fact]
    public void Decode_JapaneseNotSwitchedBackBeforeDelimiter_StillParts() => Assert.Equal(
        "山^太", DicomCharacterSet.Parse("", "ISO 2022 IR 87").DecodeValues(Bytes.Of($"{Esc}$B;3^{Esc}$BB@"), DicomVR.PN)[0]);

    [Fact]
    public void Decode_SupplementaryKanji_IsTheText() => Assert.Equal(
        "丂", DicomCharacterSet.Parse("", "ISO 2022 IR 87", "ISO 2022 IR 159").Decode(Bytes.Of($"{Esc}$(D0!{Esc}(B")));

    [Fact]
    public void Decode_EscapeSequenceNotDeclared_IsFollowed() =>
        Assert.Equal("山", DicomCharacterSet.Undeclared.Decode(Bytes.Of($"{Esc}$B;3{Esc}(B")));

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\f")]
    [InlineData("\t")]
    public void Code_ControlCharacter_BringsBackTheInitialSet(string control)
    {
        var set = DicomCharacterSet.Parse("ISO 2022 IR 100", "ISO 2022 IR 144");

        Assert.Equal($"Лю{control}é", set.Decode(Bytes.Of($"{Esc}-L\u00bb\u00ee{control}\u00e9")));
        Assert.Equal(
            Bytes.Of($"{Esc}-L\u00bb\u00ee{Esc}-A{control}\u00e9"), set.Encode([$"Лю{control}é"], DicomVR.LT));
    }

    [Fact]
    public void Decode_BackslashOfSeveralValues_BringsBackTheInitialSet() => Assert.Equal(
        ["Лю", "é"],
        DicomCharacterSet.Parse("ISO 2022 IR 100", "ISO 2022 IR 144").DecodeValues(Bytes.Of($"{Esc}-L\u00bb\u00ee\\\u00e9"), DicomVR.LO));

    [Fact]
    public void Decode_BackslashOfOneText_IsACharacter() => Assert.Equal(
        [@"a\é"], DicomCharacterSet.Latin1.DecodeValues(Bytes.Of("a\\\u00e9"), DicomVR.LT));

    [Fact]
    public void Decode_BackslashByteUnderJisRomaji_PartsValuesAndIsYenInText()
    {
        var set = DicomCharacterSet.Parse("ISO_IR 13");

        Assert.Equal(["A", "B"], set.DecodeValues(Bytes.Of("A\\B"), DicomVR.SH));
        Assert.Equal(["A¥B‾"], set.DecodeValues(Bytes.Of("A\\B~"), DicomVR.ST));
    }

    [Fact]
    public void Decode_KanjiWithBackslashHalves_IsNotParted()
    {
        // 5C5C is a character of JIS X 0208, row 60.
        var values = DicomCharacterSet.Parse("", "ISO 2022 IR 87").DecodeValues(Bytes.Of($"{Esc}$B\\\\{Esc}(B\\A"), DicomVR.LO);

        Assert.Equal(2, values.Count);
        Assert.Equal(1, values[0].Length);
        Assert.Equal("A", values[1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ISO_IR 100")]
    [InlineData("ISO_IR 126")]
    [InlineData("ISO_IR 13")]
    [InlineData("ISO_IR 192")]
    [InlineData("GB18030")]
    [InlineData("GBK")]
    [InlineData(@"\ISO 2022 IR 87\ISO 2022 IR 159")]
    [InlineData(@"\ISO 2022 IR 149")]
    [InlineData(@"ISO 2022 IR 58")]
    public void Decode_RandomBytes_NeverFails(string terms)
    {
        var random = new Random(20);
        var set = DicomCharacterSet.Parse(terms.Split('\\'));
        var starts = new[] { "", $"{Esc}$B", $"{Esc}$)C", $"{Esc}$(D", $"{Esc}$)A", $"{Esc}(J", $"{Esc})I", Esc };
        for (var i = 0; i < 4000; i++)
        {
            var tail = new byte[random.Next(0, 12)];
            random.NextBytes(tail);
            byte[] bytes = [.. Bytes.Of(starts[i % starts.Length]), .. tail];

            Assert.Equal(bytes.Length == 0, set.DecodeValues(bytes, DicomVR.PN).Count == 0);
            Assert.Equal(bytes.Length == 0, set.DecodeValues(bytes, DicomVR.UT).Count == 0);
        }
    }

    [Fact]
    public void Decode_BytesWithoutMeaning_BecomeReplacementCharacters()
    {
        Assert.Equal("a\uFFFDb", DicomCharacterSet.Utf8.Decode([0x61, 0xFF, 0x62]));
        Assert.Equal("a\uFFFDb", DicomCharacterSet.Parse("ISO_IR 126").Decode([0x61, 0xFF, 0x62]));
        Assert.Equal("\uFFFD", DicomCharacterSet.Parse("", "ISO 2022 IR 87").Decode(Bytes.Of($"{Esc}$B;")));
        Assert.Equal("\uFFFD%x", DicomCharacterSet.Parse("ISO 2022 IR 100").Decode(Bytes.Of($"{Esc}%x")));
    }

    [Theory]
    [InlineData("ISO_IR 100", "Лю")]
    [InlineData("", "é")]
    [InlineData("GBK", "😀")]
    [InlineData("ISO_IR 13", "~")]
    [InlineData(@"\ISO 2022 IR 87", "😀")]
    public void Encode_CharacterNotInTheSets_IsAnErrorOrAQuestionMark(string terms, string text)
    {
        var set = DicomCharacterSet.Parse(terms.Split('\\'));

        Assert.Throws<DicomDataException>(() => set.Encode([text], DicomVR.LO));
        Assert.All(set.Encode([text], DicomVR.LO, DicomUnencodable.Replace), b => Assert.Equal((byte)'?', b));
        Assert.False(set.CanEncode(text));
        Assert.True(set.CanEncode("ABC"));
    }

    [Fact]
    public void Encode_HalfOfASurrogatePair_IsAnErrorOrAQuestionMark()
    {
        Assert.Throws<DicomDataException>(() => DicomCharacterSet.Utf8.Encode(["\ud800"], DicomVR.LO));
        Assert.Equal("?"u8.ToArray(), DicomCharacterSet.Utf8.Encode(["\ud800"], DicomVR.LO, DicomUnencodable.Replace));
        Assert.Throws<DicomDataException>(() => DicomCharacterSet.Latin1.Encode(["\ud800"], DicomVR.LO));
    }

    [Fact]
    public void Code_SupplementaryKanjiThatTheCodePageLacks_IsCompleted()
    {
        var set = DicomCharacterSet.Parse("", "ISO 2022 IR 159");

        Assert.Equal("№", set.Decode(Bytes.Of($"{Esc}$(D\"q{Esc}(B")));
        Assert.Equal(Bytes.Of($"{Esc}$(D\"q{Esc}(B"), set.Encode(["№"], DicomVR.LO));
    }

    [Fact]
    public void Encode_JapaneseReleasedFromMicrosoftCodePage_IsTheSameSign()
    {
        var set = DicomCharacterSet.Parse("", "ISO 2022 IR 87");

        Assert.Equal(set.Encode(["\u301C\u2212"], DicomVR.LO), set.Encode(["\uFF5E\uFF0D"], DicomVR.LO));
        Assert.Equal("\u301C\u2212", set.Decode(set.Encode(["\uFF5E\uFF0D"], DicomVR.LO)));
    }
}
