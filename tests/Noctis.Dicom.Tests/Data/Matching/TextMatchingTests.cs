using Noctis.Dicom.Data;
using Noctis.Dicom.Data.Matching;

namespace Noctis.Dicom.Tests.Data.Matching;

public class TextMatchingTests
{
    /// <summary>Attribute, key, value of the data set (null: missing), whether it matches.</summary>
    public static TheoryData<string, string, string?, bool> Cases => new()
    {
        // Single value: literal, case and accents count (PS3.4 C.2.2.2.1); padding does not.
        { "PatientID", "A1", "A1", true },
        { "PatientID", "A1", " A1 ", true },
        { "PatientID", " A1 ", "A1", true },
        { "PatientID", "A1", "a1", false },
        { "PatientID", "A1", "A11", false },
        { "PatientID", "Ä", "A", false },
        { "PatientID", "A1", "", false },
        { "PatientID", "A1", null, false },
        { "PatientID", "A1", "B\\A1", true },
        { "Modality", "CT", "CT", true },
        { "Modality", "ct", "CT", false },
        { "PatientAge", "034Y", "034Y", true },
        { "ScheduledStationAETitle", "CT1", "CT1", true },
        // Universal: no value, spaces, "*" alone, in any representation.
        { "PatientID", "", null, true },
        { "PatientID", "  ", "A1", true },
        { "PatientID", "*", null, true },
        { "PatientID", "**", "", true },
        { "StudyDate", "*", "20260131", true },
        { "StudyInstanceUID", "*", "1.2", true },
        { "SeriesNumber", "*", "7", true },
        // Wildcards (PS3.4 C.2.2.2.4).
        { "PatientID", "A*", "A", true },
        { "PatientID", "A*", "ABC", true },
        { "PatientID", "*C", "ABC", true },
        { "PatientID", "A*C", "ABBC", true },
        { "PatientID", "A*C", "ABCD", false },
        { "PatientID", "A?C", "ABC", true },
        { "PatientID", "A?C", "AC", false },
        { "PatientID", "A?C", "A😀C", true },
        { "PatientID", "A??C", "A😀C", false },
        { "PatientID", "?*", "A", true },
        { "PatientID", "?*", "", false },
        { "PatientID", "?*", null, false },
        { "PatientID", "*AB*AB*", "ABAB", true },
        { "PatientID", "*AB*AB*", "ABA", false },
        { "PatientID", "AB*AB", "AB", false },
        { "PatientID", "a*", "ABC", false },
        { "PatientID", "A*", "X\\ABC", true },
        { "PatientID", "*%*", "100%", true },
        { "PatientID", "*%*", "100", false },
        { "Modality", "C*", "CT", true },
        { "ModalitiesInStudy", "M?", "CT\\MR", true },
        { "AccessionNumber", "2026-*", "2026-17", true },
        { "ScheduledStationAETitle", "CT*", "CT1", true },
        { "InstitutionAddress", "*Bonn*", "Am Hof 1\r\nBonn", true },
        { "InstitutionAddress", "*a\\b*", "a\\b", true },
        { "AdditionalPatientHistory", "*asthma*", "no asthma", true },
        { "RetrieveURL", "http*", "http://a/b", true },
        { "LongCodeValue", "S-*", "S-1", true },
        // Several values: any, unless negotiated.
        { "ModalitiesInStudy", "CT\\MR", "MR", true },
        { "ModalitiesInStudy", "CT\\M*", "US\\MG", true },
        { "ModalitiesInStudy", "CT\\MR", "US", false },
        { "ModalitiesInStudy", "CT\\", "MR", false },
        { "ModalitiesInStudy", "CT\\*", "US", true },
        // UIDs (PS3.4 C.2.2.2.2).
        { "StudyInstanceUID", "1.2.3", "1.2.3", true },
        { "StudyInstanceUID", "1.2.3", "1.2.30", false },
        { "StudyInstanceUID", "1.2\\1.2.3\\1.2", "1.2.3", true },
        { "StudyInstanceUID", "\\1.2", "1.2", true },
        { "StudyInstanceUID", "1.02", "1.02", true },
        { "SOPClassesInStudy", "1.2", "1.1\\1.2", true },
        { "StudyInstanceUID", "1.2", null, false },
        // Numbers by their meaning.
        { "SeriesNumber", "7", "007", true },
        { "SeriesNumber", "+7", "7 ", true },
        { "SeriesNumber", "7", "70", false },
        { "SeriesNumber", "7", null, false },
        { "SliceThickness", "2.5", "2.50", true },
        { "SliceThickness", "1E1", "10", true },
        { "SliceThickness", "2.5", "abc", false },
        { "PixelSpacing", "0.5", "0.4\\0.5", true },
        { "Rows", "512", "512", true },
        { "Rows", "512", "256", false },
        { "Columns", "1", null, false },
        { "RescaleSlope", "1", "1.0", true },
        { "SelectorUVValue", "18446744073709551615", "18446744073709551615", true },
        { "SelectorUVValue", "18446744073709551615", "18446744073709551614", false },
        { "SelectorFDValue", "0.1", "0.1", true },
        { "FrameIncrementPointer", "(0018,1063)", "(0018,1063)", true },
        { "FrameIncrementPointer", "(0018,1063)", "(0018,1065)", false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Matches_KeyAndValue_AsTheTableSays(string keyword, string key, string? value, bool isMatch) =>
        Assert.Equal(isMatch, MatchingCase.Matches(keyword, key, value));

    /// <summary>Attribute, key, the sense of the comment.</summary>
    public static TheoryData<string, string, string> Refusals => new()
    {
        { "StudyInstanceUID", "1.2.*", "wildcards are not allowed" },
        { "StudyInstanceUID", "abc", "not a UID" },
        { "StudyInstanceUID", "1.2\\1.3?", "not a UID" },
        { "SeriesNumber", "7*", "not a number" },
        { "SliceThickness", "2,5", "not a number" },
        { "PatientAge", "03?Y", "wildcards are not allowed" },
        { "PatientName", "a=b=c=d", "three component groups" },
        { "StudyDate", "2026*", "not a date" },
        { "StudyDate", "20260230", "not a date" },
        { "StudyDate", "202601", "not a date" },
        { "StudyDate", "20260101-0500", "not a date" },
        { "StudyDate", "20260201-20260131", "ends before it begins" },
        { "StudyDate", "20260101-20260102-20260103", "not a date" },
        { "StudyTime", "25", "not a time" },
        { "StudyTime", "1", "not a time" },
        { "StudyTime", "10-11-12", "not a time" },
        { "StudyTime", "1030+0100", "not a time" },
        { "StudyTime", "2200-0600", "does not cross midnight" },
        { "AcquisitionDateTime", "2026-2025", "ends before it begins" },
        { "AcquisitionDateTime", "20260199", "not a date and time" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Compile_KeyWithoutMeaning_IsRefusedByTagAndReason(string keyword, string key, string reason)
    {
        var tag = DicomTag.Parse(keyword);

        var refused = MatchingCase.Refused(MatchingCase.With(tag, key));

        Assert.Equal(tag, refused.Tag);
        Assert.Contains(reason, refused.Comment, StringComparison.Ordinal);
        Assert.InRange(refused.Comment.Length, 1, 64);
        Assert.Contains(tag.ToString(), refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CT\\MR", "MR\\US\\CT", true)]
    [InlineData("CT\\MR", "CT", false)]
    [InlineData("CT\\M*", "CT\\MG", true)]
    [InlineData("CT\\*", "CT", true)]
    [InlineData("CT\\*", "MR", false)]
    public void Matches_MultipleValueMatchingNegotiated_AllValuesAreAsked(string key, string value, bool isMatch) =>
        Assert.Equal(isMatch, MatchingCase.Matches("ModalitiesInStudy", key, value, new() { MultipleValues = MultipleValueMatching.All }));

    [Fact]
    public void Compile_SeveralValuesRefused_OneValueAndUIDListsPass()
    {
        var options = new MatchingOptions { MultipleValues = MultipleValueMatching.Refused };

        Assert.True(MatchingCase.Matches("ModalitiesInStudy", "CT", "CT\\MR", options));
        Assert.True(MatchingCase.Matches("StudyInstanceUID", "1.2\\1.3", "1.3", options));
        Assert.Equal(DicomTag.ModalitiesInStudy, MatchingCase.Refused(MatchingCase.With(DicomTag.ModalitiesInStudy, "CT\\MR"), options).Tag);
    }

    [Theory]
    [InlineData("PatientID", null, true)]
    [InlineData("PatientID", "", true)]
    [InlineData("PatientID", " ", true)]
    [InlineData("PatientID", "A", false)]
    [InlineData("StudyDate", null, true)]
    [InlineData("StudyDate", "20260131", false)]
    [InlineData("StudyInstanceUID", "", true)]
    public void Matches_EmptyValueMatchingNegotiated_AsksForWhatHasNoValue(string keyword, string? value, bool isMatch) =>
        Assert.Equal(isMatch, MatchingCase.Matches(keyword, "\"\"", value, new() { EmptyValueMatching = true }));

    [Fact]
    public void Matches_TwoQuotesNotNegotiated_AreText()
    {
        Assert.True(MatchingCase.Matches("PatientID", "\"\"", "\"\""));
        Assert.False(MatchingCase.Matches("PatientID", "\"\"", null));
    }

    [Fact]
    public void Matches_FoldingByTag_GoesBeforeTheRepresentation()
    {
        var options = new MatchingOptions
        {
            FoldingByTag = new Dictionary<DicomTag, MatchingFolding> { [DicomTag.StudyDescription] = MatchingFolding.IgnoreCase },
        };

        Assert.True(MatchingCase.Matches("StudyDescription", "*schädel*", "CT SCHÄDEL", options));
        Assert.False(MatchingCase.Matches("StudyDescription", "*schadel*", "CT SCHÄDEL", options));
        Assert.False(MatchingCase.Matches("SeriesDescription", "*schädel*", "CT SCHÄDEL", options));
    }

    [Theory]
    [InlineData("Smith", null, true)]
    [InlineData("Smith", "", true)]
    [InlineData("Smith", "Jones", false)]
    public void Matches_UnknownMatches_IncludesWhatHasNoValue(string key, string? value, bool isMatch) => Assert.Equal(
        isMatch, MatchingCase.Matches("PatientName", key, value, new() { UnknownMatches = new HashSet<DicomTag> { DicomTag.PatientName } }));

    [Theory]
    [InlineData("Müller", "MULLER")]
    [InlineData("M\u0075\u0308ller", "MULLER")]
    [InlineData("Weiß", "WEISS")]
    [InlineData("Ångström", "ANGSTROM")]
    [InlineData("Łukasz", "LUKASZ")]
    [InlineData("Işık", "ISIK")]
    [InlineData("O’Brien", "O'BRIEN")]
    [InlineData("Nguyễn Đức", "NGUYEN DUC")]
    [InlineData("Ёлкин Андрей", "ЕЛКИН АНДРЕЙ")]
    [InlineData("Διονύσιος", "ΔΙΟΝΥΣΙΟΣ")]
    [InlineData("ﾔﾏﾀﾞ", "ヤマダ")]
    [InlineData("ＹＡＭＡＤＡ", "YAMADA")]
    [InlineData("がか", "がか")]
    [InlineData("홍길동", "홍길동")]
    [InlineData("นามสกุล", "นามสกุล")]
    [InlineData("מִרְיָם", "מרים")]
    [InlineData("أحمد", "احمد")]
    [InlineData("＊？＝＾", "＊？＝＾")]
    public void Fold_Name_LosesWhatDoesNotCountAndNothingElse(string name, string folded) =>
        Assert.Equal(folded, TextFolding.Fold(name, MatchingFolding.PersonNames));

    [Theory]
    [InlineData("\uFFFE", "\uFFFD")]
    [InlineData("ü\uFFFEa", "U\uFFFDA")]
    [InlineData("\uFFFF", "\uFFFF")]
    public void Fold_WhatIsNoCharacter_IsReplacedWhereNormalizationWouldThrow(string text, string folded) =>
        Assert.Equal(folded, TextFolding.Fold(text, MatchingFolding.PersonNames));

    [Fact]
    public void Fold_HalfOfASurrogatePair_IsReplaced() =>
        Assert.Equal("A\uFFFDB", TextFolding.Fold("a\uD800b", MatchingFolding.PersonNames));

    [Theory]
    [InlineData("A*%_[\\B?", "A%\\%\\_\\[\\\\B_", '\\')]
    [InlineData("100%!", "100!%!!", '!')]
    [InlineData("*", "%", '\\')]
    [InlineData("", "", '\\')]
    public void ToLike_Pattern_EscapesWhatLikeGivesAMeaning(string pattern, string like, char escape) =>
        Assert.Equal(like, TextPattern.Parse(pattern).ToLike(escape));

    [Theory]
    [InlineData("A*%_[B]?", "A*%_[[]B]?")]
    [InlineData("**", "*")]
    [InlineData("", "")]
    public void ToGlob_Pattern_EscapesBrackets(string pattern, string glob) => Assert.Equal(glob, TextPattern.Parse(pattern).ToGlob());

    [Theory]
    [InlineData('%')]
    [InlineData('_')]
    [InlineData('[')]
    public void ToLike_EscapeWithAMeaning_IsRefused(char escape) =>
        Assert.Throws<ArgumentException>(() => TextPattern.Parse("A*").ToLike(escape));

    [Fact]
    public void Keys_TheirText_ShowsNoOperand() =>
        Assert.Equal("(0010,0010) PersonNameKey", MatchingCase.Key(DicomTag.PatientName, "Doe^John").ToString());
}
