using Noctis.Dicom.Data;
using Noctis.Dicom.Data.Matching;

namespace Noctis.Dicom.Tests.Data.Matching;

public class MatchingQueryTests
{
    [Fact]
    public void Compile_WhatSaysHowToReadTheIdentifier_IsNoKey()
    {
        var identifier = new DicomDataset()
            .SetValue(new DicomTag(0x0008, 0x0000), DicomVR.UL, new byte[] { 1, 0, 0, 0 })
            .SetString(DicomTag.SpecificCharacterSet, "ISO_IR 100")
            .SetString(DicomTag.QueryRetrieveLevel, "STUDY")
            .SetString(DicomTag.QueryRetrieveView, "CLASSIC")
            .SetString(DicomTag.TimezoneOffsetFromUTC, "+0100")
            .SetString(new DicomTag(0x0009, 0x0010), "ACME")
            .SetEmpty(DicomTag.PatientID);

        var query = MatchingQuery.Compile(identifier);

        Assert.IsType<UniversalKey>(Assert.Single(query.Keys));
        Assert.True(query.Matches([]));
    }

    [Fact]
    public void Matches_SeveralKeys_AllMust()
    {
        var query = MatchingQuery.Compile(new DicomDataset().SetString(DicomTag.PatientID, "A").SetString(DicomTag.Modality, "CT"));

        Assert.True(query.Matches(new DicomDataset().SetString(DicomTag.PatientID, "A").SetString(DicomTag.Modality, "CT")));
        Assert.False(query.Matches(new DicomDataset().SetString(DicomTag.PatientID, "A").SetString(DicomTag.Modality, "MR")));
        Assert.False(query.Matches(new DicomDataset().SetString(DicomTag.Modality, "CT")));
        Assert.IsType<SingleValueKey>(query.Find(DicomTag.Modality));
        Assert.Null(query.Find(DicomTag.StudyID));
    }

    [Fact]
    public void Matches_Sequence_OneItemMustMatchAllKeys()
    {
        var query = MatchingQuery.Compile(Steps(Step("CT", "CT1")));

        Assert.True(query.Matches(Steps(Step("MR", "MR1"), Step("CT", "CT1"))));
        Assert.False(query.Matches(Steps(Step("CT", "CT2"), Step("MR", "CT1"))));
        Assert.False(query.Matches(Steps()));
        Assert.False(query.Matches([]));
    }

    [Fact]
    public void Matches_SequenceWithoutKeys_EverythingDoes()
    {
        foreach (var identifier in new[] { Steps(), Steps([]), Steps(new DicomDataset().SetString(DicomTag.SpecificCharacterSet, "ISO_IR 100")) })
        {
            var query = MatchingQuery.Compile(identifier);

            Assert.IsType<UniversalKey>(Assert.Single(query.Keys));
            Assert.True(query.Matches([]));
        }

        var universal = MatchingQuery.Compile(Steps(new DicomDataset().SetEmpty(DicomTag.Modality)));
        Assert.True(Assert.IsType<SequenceKey>(Assert.Single(universal.Keys)).IsUniversal);
        Assert.True(universal.Matches([]));
        Assert.True(universal.Matches(Steps(Step("CT", "CT1"))));
    }

    [Fact]
    public void Matches_SequenceWithinASequence_IsSearchedToo()
    {
        DicomDataset Coded(string code) => Steps(new DicomDataset().SetSequence(
            DicomTag.ScheduledProtocolCodeSequence, new DicomDataset().SetString(DicomTag.CodeValue, code)));

        var query = MatchingQuery.Compile(Coded("X-*"));

        Assert.True(query.Matches(Coded("X-1")));
        Assert.False(query.Matches(Coded("Y-1")));
    }

    [Fact]
    public void Matches_DateAndTimeWithinAnItem_AreCombinedToo()
    {
        DicomDataset Scheduled(string date, string time) => Steps(new DicomDataset()
            .SetString(DicomTag.ScheduledProcedureStepStartDate, date).SetString(DicomTag.ScheduledProcedureStepStartTime, time));

        var query = MatchingQuery.Compile(Scheduled("20260101-20260103", "12-10"), new() { CombinedDateTimeMatching = true });

        Assert.True(query.Matches(Scheduled("20260102", "11")));
        Assert.False(query.Matches(Scheduled("20260101", "11")));
    }

    [Fact]
    public void Compile_SequenceOfTwoItems_IsRefused() =>
        Assert.Equal(DicomTag.ScheduledProcedureStepSequence, MatchingCase.Refused(Steps(Step("CT", "A"), Step("MR", "B"))).Tag);

    [Fact]
    public void Compile_BadKeyWithinAnItem_IsNamed() => Assert.Equal(
        DicomTag.ScheduledProcedureStepStartDate,
        MatchingCase.Refused(Steps(new DicomDataset().SetString(DicomTag.ScheduledProcedureStepStartDate, "tomorrow"))).Tag);

    [Fact]
    public void Compile_PastALimit_IsRefused()
    {
        var two = new DicomDataset().SetString(DicomTag.PatientID, "A").SetString(DicomTag.StudyInstanceUID, "1.2\\1.3");
        var nested = Steps(Steps(Step("CT", "A")));

        Assert.Equal(DicomTag.StudyInstanceUID, MatchingCase.Refused(two, new() { MaxKeys = 1 }).Tag);
        Assert.Equal(DicomTag.StudyInstanceUID, MatchingCase.Refused(two, new() { MaxUIDs = 1 }).Tag);
        Assert.Equal(DicomTag.PatientID, MatchingCase.Refused(two, new() { MaxValueLength = 1 }).Tag);
        Assert.Equal(DicomTag.ScheduledProcedureStepSequence, MatchingCase.Refused(nested, new() { MaxDepth = 1 }).Tag);
        MatchingQuery.Compile(two, new() { MaxKeys = 2, MaxUIDs = 2, MaxValueLength = 2 });
        MatchingQuery.Compile(nested, new() { MaxDepth = 2 });
    }

    [Fact]
    public void Compile_ManyNestedSequences_AreRefusedBeforeTheStackIs()
    {
        var identifier = new DicomDataset();
        for (var i = 0; i < 5000; i++)
            identifier = Steps(identifier);

        Assert.Contains("sequences", MatchingCase.Refused(identifier).Comment, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_AnotherTextRepresentation_IsReadAsTheDictionarys()
    {
        var identifier = new DicomDataset(
            new DicomValueElement(DicomTag.StudyDate, DicomVR.LO, "20260101-"u8.ToArray()),
            new DicomValueElement(DicomTag.PatientName, DicomVR.UN, "doe*"u8.ToArray()),
            new DicomValueElement(DicomTag.Rows, DicomVR.LO, default));

        var keys = MatchingQuery.Compile(identifier).Keys;

        Assert.IsType<DateRangeKey>(keys[0]);
        Assert.IsType<PersonNameKey>(keys[1]);
        Assert.Equal(DicomVR.US, Assert.IsType<UniversalKey>(keys[2]).VR);
    }

    [Fact]
    public void Compile_RepresentationThatCannotBeRead_IsRefused()
    {
        DicomElement[] elements =
        [
            new DicomValueElement(DicomTag.StudyDate, DicomVR.US, new byte[] { 1, 0 }),
            new DicomValueElement(DicomTag.Rows, DicomVR.LO, "512 "u8.ToArray()),
            new DicomValueElement(DicomTag.ScheduledProcedureStepSequence, DicomVR.LO, "CT"u8.ToArray()),
            new DicomSequence(DicomTag.PatientID, new DicomDataset()),
            new DicomValueElement(DicomTag.Rows, DicomVR.US, new byte[] { 1 }),
        ];

        Assert.All(elements, element => Assert.Equal(element.Tag, MatchingCase.Refused(new DicomDataset(element)).Tag));
    }

    [Fact]
    public void Compile_WhatCannotBeMatched_IsToldAndMatchesEverything()
    {
        var identifier = Steps(new DicomDataset(new DicomValueElement(new DicomTag(0x0009, 0x1001), DicomVR.UN, new byte[] { 1, 2 })))
            .SetValue(DicomTag.ICCProfile, DicomVR.OB, new byte[] { 1, 2 });

        var query = MatchingQuery.Compile(identifier);

        Assert.Equal([DicomTag.ICCProfile, new DicomTag(0x0009, 0x1001)], query.UnsupportedKeys.Select(k => k.Tag));
        Assert.True(query.Matches([]));
    }

    [Fact]
    public void Matches_PrivateAttributeInAnotherBlock_IsFoundByItsCreator()
    {
        var identifier = new DicomDataset()
            .SetString(new DicomTag(0x0009, 0x0010), "ACME")
            .SetValue(new DicomTag(0x0009, 0x1001), DicomVR.LO, "A*"u8.ToArray());
        var candidate = new DicomDataset()
            .SetString(new DicomTag(0x0009, 0x0010), "OTHER")
            .SetString(new DicomTag(0x0009, 0x0011), "ACME")
            .SetValue(new DicomTag(0x0009, 0x1001), DicomVR.LO, "BB"u8.ToArray())
            .SetValue(new DicomTag(0x0009, 0x1101), DicomVR.LO, "AB"u8.ToArray());

        var query = MatchingQuery.Compile(identifier);

        Assert.True(query.Matches(candidate));
        candidate.SetValue(new DicomTag(0x0009, 0x1101), DicomVR.LO, "BB"u8.ToArray());
        Assert.False(query.Matches(candidate));
    }

    [Fact]
    public void Comment_OfALongKeyword_KeepsTheReasonWithin64Characters()
    {
        var longest = DicomDictionary.Entries.Where(e => DicomDictionary.GetVR(e.Tag) == DicomVR.DA).MaxBy(e => e.Keyword.Length)!;

        var refused = MatchingCase.Refused(new DicomDataset().SetString(longest.Tag, "x"));

        Assert.InRange(refused.Comment.Length, 1, 64);
        Assert.Contains("not a date", refused.Comment, StringComparison.Ordinal);
    }

    private static DicomDataset Steps(params DicomDataset[] items) => new DicomDataset().SetSequence(DicomTag.ScheduledProcedureStepSequence, items);

    private static DicomDataset Step(string modality, string station) => new DicomDataset()
        .SetString(DicomTag.Modality, modality).SetString(DicomTag.ScheduledStationAETitle, station);
}
