using Noctis.Dicom.Data;

namespace Noctis.Dicom.Tests.Data;

public class DicomValueTests
{
    /// <summary>Numeric representations: code, bytes, first value, count.</summary>
    public static TheoryData<string, string, double, int> Numbers => new()
    {
        { "US", "FFFF 0100", 65535, 2 },
        { "SS", "FFFF 0100", -1, 2 },
        { "UL", "FFFFFFFF", 4294967295, 1 },
        { "SL", "FEFFFFFF", -2, 1 },
        { "UV", "0100000000000000 0200000000000000", 1, 2 },
        { "SV", "FFFFFFFFFFFFFFFF", -1, 1 },
        { "FL", "0000C03F", 1.5, 1 },
        { "FD", "000000000000F8BF", -1.5, 1 },
        { "OB", "FF", 255, 1 },
        { "OW", "0180", 32769, 1 },
        { "OL", "01000080", 2147483649, 1 },
        { "OV", "0100000000000000", 1, 1 },
        { "OF", "0000C03F 0000C03F", 1.5, 2 },
        { "OD", "000000000000F8BF", -1.5, 1 },
        { "DS", "312E35205C32", 1.5, 2 },
        { "IS", "202B31325C2D33", 12, 2 },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void GetDouble_NumericRepresentation_IsTheNumber(string vr, string hex, double first, int count)
    {
        var dataset = With(DicomTag.PixelData, vr, Bytes.Hex(hex));

        Assert.Equal(first, dataset.GetDouble(DicomTag.PixelData));
        Assert.Equal(count, dataset.GetDoubles(DicomTag.PixelData).Count);
        Assert.Null(dataset.GetDouble(DicomTag.PixelData, count));
        Assert.Null(dataset.GetDouble(DicomTag.PixelData, -1));
        Assert.Null(dataset.GetDouble(DicomTag.PixelData, int.MaxValue));
        if (Math.Floor(first) == first)
            Assert.Equal((long)first, dataset.GetInt64(DicomTag.PixelData));
        else
            Assert.Null(dataset.GetInt64(DicomTag.PixelData));
    }

    [Fact]
    public void GetUInt64_LargestUnsignedVeryLong_IsKeptExactly()
    {
        var dataset = With(DicomTag.ExtendedOffsetTable, "UV", Bytes.Hex("FFFFFFFFFFFFFFFF"));

        Assert.Equal(ulong.MaxValue, dataset.GetUInt64(DicomTag.ExtendedOffsetTable));
        Assert.Null(dataset.GetInt64(DicomTag.ExtendedOffsetTable));
        Assert.Equal("18446744073709551615", dataset.GetString(DicomTag.ExtendedOffsetTable));
    }

    [Theory]
    [InlineData("1,5")]
    [InlineData("abc")]
    [InlineData("1.5.2")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    [InlineData("")]
    [InlineData("  ")]
    public void GetDouble_TextThatIsNoNumber_IsNull(string text)
    {
        var dataset = With(DicomTag.PatientWeight, "DS", Bytes.Of(text));

        Assert.Null(dataset.GetDouble(DicomTag.PatientWeight));
        Assert.Null(dataset.GetInt32(DicomTag.PatientWeight));
        Assert.Empty(dataset.GetDoubles(DicomTag.PatientWeight));
    }

    [Theory]
    [InlineData("5.0", 5)]
    [InlineData(" 007 ", 7)]
    [InlineData("-2147483648", int.MinValue)]
    [InlineData("2147483648", null)]
    [InlineData("5.5", null)]
    [InlineData("1e400", null)]
    public void GetInt32_IntegerString_IsReadWithTolerance(string text, int? value) =>
        Assert.Equal(value, With(DicomTag.InstanceNumber, "IS", Bytes.Of(text)).GetInt32(DicomTag.InstanceNumber));

    [Fact]
    public void GetNumber_ValueCutShort_IsNull()
    {
        var dataset = With(DicomTag.Rows, "US", [0x01, 0x02, 0x03]);

        Assert.Equal(0x0201, dataset.GetInt32(DicomTag.Rows));
        Assert.Null(dataset.GetInt32(DicomTag.Rows, 1));
        Assert.Equal(["513"], dataset.GetStrings(DicomTag.Rows));
    }

    [Theory]
    [InlineData("19990102")]
    [InlineData(" 19990102 ")]
    [InlineData("19990102\0")]
    [InlineData("1999.01.02")]
    [InlineData("1999-01-02")]
    [InlineData("19990102120000")]
    [InlineData("19990102120000.5+0100")]
    public void GetDate_EachForm_IsTheDay(string text) =>
        Assert.Equal(new DateOnly(1999, 1, 2), With(DicomTag.StudyDate, "DA", Bytes.Of(text)).GetDate(DicomTag.StudyDate));

    [Theory]
    [InlineData("")]
    [InlineData("00000000")]
    [InlineData("19990230")]
    [InlineData("1999")]
    [InlineData("199901")]
    [InlineData("1999010")]
    [InlineData("1999.01-02")]
    [InlineData("yyyymmdd")]
    [InlineData("19990101-19991231")]
    [InlineData("19990102x")]
    public void GetDate_NoDay_IsNull(string text) =>
        Assert.Null(With(DicomTag.StudyDate, "DA", Bytes.Of(text)).GetDate(DicomTag.StudyDate));

    [Theory]
    [InlineData("14", "14:00:00")]
    [InlineData("1430", "14:30:00")]
    [InlineData("143015 ", "14:30:15")]
    [InlineData("143015.1", "14:30:15.1")]
    [InlineData("143015.123456", "14:30:15.123456")]
    [InlineData("143015.123456789", "14:30:15.1234567")]
    [InlineData("143015.", "14:30:15")]
    [InlineData("14:30", "14:30:00")]
    [InlineData("14:30:15.5", "14:30:15.5")]
    [InlineData("235960", "23:59:59")]
    public void GetTime_EachForm_IsTheTime(string text, string expected) => Assert.Equal(
        TimeOnly.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
        With(DicomTag.StudyTime, "TM", Bytes.Of(text)).GetTime(DicomTag.StudyTime));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("143")]
    [InlineData("24")]
    [InlineData("1460")]
    [InlineData("143061")]
    [InlineData("14.5")]
    [InlineData("143015.1x")]
    [InlineData("14:30.5")]
    [InlineData("14:3015")]
    [InlineData("14301")]
    [InlineData("14301599")]
    public void GetTime_NoTime_IsNull(string text) =>
        Assert.Null(With(DicomTag.StudyTime, "TM", Bytes.Of(text)).GetTime(DicomTag.StudyTime));

    [Theory]
    [InlineData("2026", "2026-01-01T00:00:00", null, DicomDateTimePrecision.Year)]
    [InlineData("202603", "2026-03-01T00:00:00", null, DicomDateTimePrecision.Month)]
    [InlineData("20260304", "2026-03-04T00:00:00", null, DicomDateTimePrecision.Day)]
    [InlineData("2026030405", "2026-03-04T05:00:00", null, DicomDateTimePrecision.Hour)]
    [InlineData("202603040506", "2026-03-04T05:06:00", null, DicomDateTimePrecision.Minute)]
    [InlineData("20260304050607-0330", "2026-03-04T05:06:07", -210, DicomDateTimePrecision.Second)]
    [InlineData("20260304050607.25+0100", "2026-03-04T05:06:07.25", 60, DicomDateTimePrecision.Fraction)]
    [InlineData("2026-0500", "2026-01-01T00:00:00", -300, DicomDateTimePrecision.Year)]
    public void GetDateTime_EachPrecision_IsTheMoment(string text, string local, int? offset, DicomDateTimePrecision precision)
    {
        var value = With(DicomTag.AcquisitionDateTime, "DT", Bytes.Of(text)).GetDateTime(DicomTag.AcquisitionDateTime);

        Assert.Equal(
            new DicomDateTime(
                DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture),
                offset is { } minutes ? TimeSpan.FromMinutes(minutes) : null, precision),
            value);
    }

    [Theory]
    [InlineData("20261")]
    [InlineData("20261301")]
    [InlineData("20260304+1500")]
    [InlineData("20260304+0160")]
    [InlineData("2026030425")]
    [InlineData("tomorrow")]
    public void GetDateTime_NoMoment_IsNull(string text) =>
        Assert.Null(With(DicomTag.AcquisitionDateTime, "DT", Bytes.Of(text)).GetDateTime(DicomTag.AcquisitionDateTime));

    [Fact]
    public void GetDateTime_DataSetHasATimezone_IsTakenWhereTheValueHasNone()
    {
        var item = new DicomDataset().SetString(DicomTag.AcquisitionDateTime, "20260304");
        var root = new DicomDataset()
            .SetString(DicomTag.TimezoneOffsetFromUTC, "-0500")
            .SetString(DicomTag.StudyDate, "20260304")
            .SetString(DicomTag.StudyTime, "1200")
            .SetSequence(DicomTag.ReferencedSeriesSequence, item);

        Assert.Equal(TimeSpan.FromHours(-5), item.GetDateTime(DicomTag.AcquisitionDateTime)!.Value.Offset);
        Assert.Equal(
            new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.FromHours(-5)),
            root.GetDateTime(DicomTag.StudyDate, DicomTag.StudyTime)!.Value.ToDateTimeOffset(TimeSpan.Zero));
        Assert.Null(root.GetDateTime(DicomTag.SeriesDate, DicomTag.StudyTime));
    }

    [Fact]
    public void ToDateTimeOffset_EdgesOfTheCalendar_DoNotFail()
    {
        Assert.True(DicomTemporal.TryParseDateTime("00010101+1400", out var first));
        Assert.True(DicomTemporal.TryParseDateTime("99991231235959-1200", out var last));

        Assert.Equal(1, first.ToDateTimeOffset(TimeSpan.Zero).Year);
        Assert.Equal(9999, last.ToDateTimeOffset(TimeSpan.Zero).Year);
    }

    [Theory]
    [InlineData("018M", 18, 'M')]
    [InlineData("7d", 7, 'D')]
    [InlineData("045Y ", 45, 'Y')]
    public void GetAge_AgeString_IsCountAndUnit(string text, int count, char unit) => Assert.Equal(
        new DicomAge(count, unit), With(DicomTag.PatientAge, "AS", Bytes.Of(text)).GetAge(DicomTag.PatientAge));

    [Theory]
    [InlineData("M")]
    [InlineData("18")]
    [InlineData("18X")]
    [InlineData("0018M")]
    [InlineData("-18M")]
    public void GetAge_NoAge_IsNull(string text) =>
        Assert.Null(With(DicomTag.PatientAge, "AS", Bytes.Of(text)).GetAge(DicomTag.PatientAge));

    [Fact]
    public void GetTag_AttributeTag_IsReadInItsTwoHalves()
    {
        var dataset = With(DicomTag.FrameIncrementPointer, "AT", Bytes.Hex("18006310 1800"));

        Assert.Equal(DicomTag.FrameTime, dataset.GetTag(DicomTag.FrameIncrementPointer));
        Assert.Equal(["(0018,1063)"], dataset.GetStrings(DicomTag.FrameIncrementPointer));
        Assert.Null(dataset.GetTag(DicomTag.FrameIncrementPointer, 1));
    }

    [Fact]
    public void GetString_MultipleValues_KeepTheirPositions()
    {
        var dataset = With(DicomTag.ImageType, "CS", Bytes.Of("ORIGINAL\\\\ PRIMARY \\"));

        Assert.Equal(["ORIGINAL", "", "PRIMARY", ""], dataset.GetStrings(DicomTag.ImageType));
        Assert.Equal("PRIMARY", dataset.GetString(DicomTag.ImageType, 2));
        Assert.Null(dataset.GetString(DicomTag.ImageType, 1));
        Assert.Null(dataset.GetString(DicomTag.ImageType, 4));
        Assert.Null(dataset.GetString(DicomTag.ImageType, -1));
    }

    [Fact]
    public void GetString_MissingOrEmpty_IsNull()
    {
        var dataset = With(DicomTag.PatientID, "LO", []);

        Assert.Null(dataset.GetString(DicomTag.PatientID));
        Assert.Empty(dataset.GetStrings(DicomTag.PatientID));
        Assert.Null(dataset.GetString(DicomTag.PatientName));
        Assert.Null(With(DicomTag.PatientID, "LO", Bytes.Of("  ")).GetString(DicomTag.PatientID));
    }

    [Fact]
    public void GetString_Texts_KeepLeadingSpacesAndBackslashes()
    {
        Assert.Equal(@"  a\b", With(DicomTag.PatientComments, "LT", Bytes.Of(@"  a\b  ")).GetString(DicomTag.PatientComments));
        Assert.Equal(@"http://x/\a", With(DicomTag.RetrieveURL, "UR", Bytes.Of(@"http://x/\a ")).GetString(DicomTag.RetrieveURL));
        Assert.Equal(new Uri("http://x/a"), With(DicomTag.RetrieveURL, "UR", Bytes.Of("http://x/a ")).GetUri(DicomTag.RetrieveURL));
    }

    [Fact]
    public void Get_ElementReadAsUnknown_IsTakenForWhatTheDictionarySays()
    {
        Assert.Equal("É", With(DicomTag.PatientID, "UN", [0xC9]).GetString(DicomTag.PatientID));
        Assert.Equal(512, With(DicomTag.Rows, "UN", [0x00, 0x02]).GetInt32(DicomTag.Rows));
        Assert.Equal(1, With(DicomTag.SmallestImagePixelValue, "UN", [0x01, 0x00]).GetInt32(DicomTag.SmallestImagePixelValue));
        Assert.Null(With(new DicomTag(0x00091001), "UN", [0x41, 0x42]).GetString(new DicomTag(0x00091001)));
    }

    [Fact]
    public void Get_Sequence_HasNoTextAndNoBytes()
    {
        var dataset = new DicomDataset().SetSequence(DicomTag.ReferencedStudySequence, new DicomDataset());

        Assert.Null(dataset.GetString(DicomTag.ReferencedStudySequence));
        Assert.Null(dataset.GetBytes(DicomTag.ReferencedStudySequence));
        Assert.Single(dataset.GetSequence(DicomTag.ReferencedStudySequence)!.Items);
        Assert.Null(dataset.GetSequence(DicomTag.PatientID));
    }

    private static DicomDataset With(DicomTag tag, string vr, byte[] value) =>
        new(new DicomValueElement(tag, DicomVR.Lookup(vr)!, value));
}
