using Noctis.Dicom.Data;
using Noctis.Dicom.Data.Matching;

namespace Noctis.Dicom.Tests.Data.Matching;

public class TemporalMatchingTests
{
    /// <summary>Attribute, key, value (null: missing), whether it matches.</summary>
    public static TheoryData<string, string, string?, bool> Cases => new()
    {
        // PS3.4 C.2.2.2.5.1
        { "StudyDate", "20260131", "20260131", true },
        { "StudyDate", "20260131", "20260201", false },
        { "StudyDate", "20260131", null, false },
        { "StudyDate", "20260131", "", false },
        { "StudyDate", "20260131", "31.1.26", false },
        { "StudyDate", "20260101-20260131", "20260101", true },
        { "StudyDate", "20260101-20260131", "20260131", true },
        { "StudyDate", "20260101-20260131", "20260201", false },
        { "StudyDate", "20260101-20260131", "20251231", false },
        { "StudyDate", "20260101 - 20260131", "20260115", true },
        { "StudyDate", "20260131-20260131", "20260131", true },
        { "StudyDate", "-20260131", "19000101", true },
        { "StudyDate", "-20260131", "20260201", false },
        { "StudyDate", "-20260131", null, false },
        { "StudyDate", "20260131-", "20260131", true },
        { "StudyDate", "20260131-", "20260130", false },
        { "StudyDate", "-", null, true },
        { "StudyDate", " - ", "20260131", true },
        { "StudyDate", "20260101-20260131", "2026.01.15", true },
        { "StudyDate", "2026-01-01-2026-01-31", "20260115", true },
        { "StudyDate", "2026-01-15", "20260115", true },
        { "StudyDate", "20260101\\20260103", "20260103", true },
        { "StudyDate", "20260101\\20260103", "20260102", false },
        { "DateOfSecondaryCapture", "20260101", "20260101", true },
        // PS3.4 C.2.2.2.5.2, and by meaning (C.2.2.2.1.3)
        { "StudyTime", "2230", "223000", true },
        { "StudyTime", "223000", "2230", true },
        { "StudyTime", "2230", "223059.5", true },
        { "StudyTime", "2230", "223100", false },
        { "StudyTime", "22", "225959", true },
        { "StudyTime", "223000.000", "223000", true },
        { "StudyTime", "223000.5", "223000.500000", true },
        { "StudyTime", "223000.5", "223000.6", false },
        { "StudyTime", "1000-1800", "1000", true },
        { "StudyTime", "1000-1800", "095959.999999", false },
        { "StudyTime", "1000-1800", "180059.999999", true },
        { "StudyTime", "1000-1800", "1801", false },
        { "StudyTime", "-1000", "00", true },
        { "StudyTime", "1000-", "235960", true },
        { "StudyTime", "1000-", "09", false },
        { "StudyTime", "10:00-18:00", "12:30:00", true },
        { "StudyTime", "1000-1800", null, false },
        // PS3.4 C.2.2.2.5.3, and by meaning (C.2.2.2.1.3, note 1)
        { "AcquisitionDateTime", "19980128103000.0000", "19980128103000", true },
        { "AcquisitionDateTime", "19980128103000", "19980128103000.25", true },
        { "AcquisitionDateTime", "19980128", "19980128235959", true },
        { "AcquisitionDateTime", "1998", "1999", false },
        { "AcquisitionDateTime", "1998-2000", "200012", true },
        { "AcquisitionDateTime", "1998-2000", "2001", false },
        { "AcquisitionDateTime", "-199801", "19980131", true },
        { "AcquisitionDateTime", "199801-", "1997", false },
        { "AcquisitionDateTime", "19980128103000+0000", "19980128073000-0300", true },
        { "AcquisitionDateTime", "19980128103000+0000", "19980128103000-0300", false },
        { "AcquisitionDateTime", "19980128100000-0500-19980128120000-0500", "19980128160000+0000", true },
        { "AcquisitionDateTime", "19980128100000-0500-19980128120000-0500", "19980128110000+0000", false },
        { "AcquisitionDateTime", "-19980128100000-0500", "19980128150000+0000", true },
        { "AcquisitionDateTime", "19980128100000-0500-", "19980128145900+0000", false },
        // A negative offset of a single value, against the letter of note 3.
        { "AcquisitionDateTime", "19980128073000-0300", "19980128103000+0000", true },
        // One side does not tell its offset: as written.
        { "AcquisitionDateTime", "19980128103000", "19980128103000+0900", true },
        { "AcquisitionDateTime", "9999", "99991231", true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Matches_KeyAndValue_AsTheTableSays(string keyword, string key, string? value, bool isMatch) =>
        Assert.Equal(isMatch, MatchingCase.Matches(keyword, key, value));

    /// <summary>Key of the date, of the time, date and time of the data set, whether they match combined and apart.</summary>
    public static TheoryData<string, string, string, string?, bool, bool> Combinations => new()
    {
        // The example of PS3.4 C.2.2.2.5.4
        { "20060705-20060707", "1000-1800", "20060706", "2300", true, false },
        { "20060705-20060707", "1000-1800", "20060705", "0959", false, false },
        { "20060705-20060707", "1000-1800", "20060705", "1000", true, true },
        { "20060705-20060707", "1000-1800", "20060707", "1800", true, true },
        { "20060705-20060707", "1000-1800", "20060707", "1801", false, false },
        { "20060705-", "1000-", "20060706", "0100", true, false },
        { "-20060705", "-1000", "20060704", "2300", true, false },
        // A missing time is midnight combined, and no match apart.
        { "20060705-20060707", "1000-1800", "20060706", null, true, false },
        // Not the same form of range, or no range at all: apart in any case.
        { "20060705-20060707", "-1800", "20060706", "2300", false, false },
        { "20060706", "1000-1800", "20060706", "1100", true, true },
        { "20060705-20060707", "2300", "20060706", "2300", true, true },
    };

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Matches_DateAndTimeRange_AreOneRangeWhereNegotiated(
        string dateKey, string timeKey, string date, string? time, bool combined, bool apart)
    {
        var identifier = new DicomDataset().SetString(DicomTag.StudyDate, dateKey).SetString(DicomTag.StudyTime, timeKey);
        var candidate = new DicomDataset().SetString(DicomTag.StudyDate, date);
        if (time is not null)
            candidate.SetString(DicomTag.StudyTime, time);

        Assert.Equal(combined, MatchingQuery.Compile(identifier, new() { CombinedDateTimeMatching = true }).Matches(candidate));
        Assert.Equal(apart, MatchingQuery.Compile(identifier).Matches(candidate));
    }

    [Fact]
    public void Compile_CombinedRangeWhoseTimesGoBackwards_IsOneRange()
    {
        var identifier = new DicomDataset().SetString(DicomTag.StudyDate, "20060705-20060706").SetString(DicomTag.StudyTime, "2200-0600");

        var key = Assert.IsType<CombinedRangeKey>(
            Assert.Single(MatchingQuery.Compile(identifier, new() { CombinedDateTimeMatching = true }).Keys));

        Assert.Equal(new DateTime(2006, 7, 5, 22, 0, 0), key.From);
        Assert.Equal("2006070522", key.FromText);
        Assert.Equal("20060706060059.9999999", key.ToText);
        Assert.Equal(DicomTag.StudyTime, MatchingCase.Refused(identifier).Tag);
    }

    [Fact]
    public void Compile_CombinedRangeOfOneDayBackwards_IsRefused()
    {
        var identifier = new DicomDataset().SetString(DicomTag.StudyDate, "20060705-20060705").SetString(DicomTag.StudyTime, "2200-0600");

        Assert.Equal(DicomTag.StudyTime, MatchingCase.Refused(identifier, new() { CombinedDateTimeMatching = true }).Tag);
    }

    [Theory]
    [InlineData("+0000", "+0100", "20260131", "23-", "20260201", "003000", true)]
    [InlineData("+0000", "+0100", "20260201", "00-01", "20260201", "003000", false)]
    [InlineData("-0500", "+0100", "20260131", "18-19", "20260201", "003000", true)]
    [InlineData("+0000", null, "20260201", "00-01", "20260201", "003000", true)]
    public void Matches_TimezoneAdjustmentNegotiated_TakesTheValueToTheZoneOfTheKey(
        string zone, string? own, string dateKey, string timeKey, string date, string time, bool isMatch)
    {
        var identifier = new DicomDataset()
            .SetString(DicomTag.StudyDate, dateKey).SetString(DicomTag.StudyTime, timeKey).SetString(DicomTag.TimezoneOffsetFromUTC, zone);
        var candidate = new DicomDataset().SetString(DicomTag.StudyDate, date).SetString(DicomTag.StudyTime, time);
        if (own is not null)
            candidate.SetString(DicomTag.TimezoneOffsetFromUTC, own);

        Assert.Equal(isMatch, MatchingQuery.Compile(identifier, new() { TimezoneQueryAdjustment = true }).Matches(candidate));
        Assert.Equal(own is null || !isMatch, MatchingQuery.Compile(identifier).Matches(candidate));
    }

    [Fact]
    public void Matches_DateTimeWithoutOffset_TakesThatOfItsDataSet()
    {
        var identifier = new DicomDataset()
            .SetString(DicomTag.AcquisitionDateTime, "20260131120000").SetString(DicomTag.TimezoneOffsetFromUTC, "+0100");
        var candidate = new DicomDataset()
            .SetString(DicomTag.AcquisitionDateTime, "20260131110000").SetString(DicomTag.TimezoneOffsetFromUTC, "+0000");

        Assert.True(MatchingQuery.Compile(identifier).Matches(candidate));
    }

    [Theory]
    [InlineData("1000", "10", "100059.9999999")]
    [InlineData("00-", "00", null)]
    [InlineData("-235959.25", null, "235959.2500000")]
    [InlineData("100501.5-11", "100501.5", "115959.9999999")]
    [InlineData("1005-1006", "1005", "100659.9999999")]
    public void TimeRange_ItsTexts_HoldValuesOfAnyPrecisionBetweenThem(string key, string? from, string? to)
    {
        var range = Assert.IsType<TimeRangeKey>(MatchingCase.Key(DicomTag.StudyTime, key));

        Assert.Equal(from, range.FromText);
        Assert.Equal(to, range.ToText);
    }
}
