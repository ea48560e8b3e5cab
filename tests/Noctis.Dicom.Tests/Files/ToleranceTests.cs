using Noctis.Dicom.Data;
using Noctis.Dicom.Files;

namespace Noctis.Dicom.Tests.Files;

/// <summary>The deviations of docs/tolerances.md, each made by hand.</summary>
public sealed class ToleranceTests
{
    private static readonly DicomTransferSyntax Explicit = DicomTransferSyntax.ExplicitVRLittleEndian;

    private const string PatientId = "10 00 20 00 'LO' 02 00 'A1'";

    public static TheoryData<string, string> DataSets => new()
    {
        { "zeros after the last element", PatientId + "00 00 00 00 00 00 00 00 00 00 00 00 00" },
        { "a few zeros after the last element", PatientId + "00 00 00" },
        { "delimiters at the top level", "FE FF 0D E0 00 00 00 00 FE FF DD E0 00 00 00 00" + PatientId },
        { "delimiter inside of a sequence of known length", "08 00 40 11 'SQ' 00 00 10 00 00 00 FE FF 00 E0 00 00 00 00 FE FF DD E0 00 00 00 00" + PatientId },
        { "delimiter inside of an item of known length", "08 00 40 11 'SQ' 00 00 10 00 00 00 FE FF 00 E0 08 00 00 00 FE FF 0D E0 00 00 00 00" + PatientId },
        { "VR of question marks", "09 00 01 10 '??' 02 00 'xy'" + PatientId },
        { "VR of spaces", "09 00 01 10 '  ' 02 00 'xy'" + PatientId },
        { "VR of a later edition", "09 00 01 10 'ZZ' 00 00 02 00 00 00 'xy'" + PatientId },
        { "one element in implicit VR", "10 00 20 00 02 00 00 00 'A1'" },
        { "odd length", "10 00 10 00 'PN' 03 00 'Doe'" + PatientId },
        { "elements out of order", "10 00 30 00 'DA' 00 00" + PatientId },
        { "an element twice: the last one counts", "10 00 20 00 'LO' 02 00 'B2'" + PatientId },
        { "reserved bytes that are not zero", "09 00 01 10 'OB' 12 34 02 00 00 00 01 02" + PatientId },
        { "numbers that do not fill their unit", "28 00 10 00 'US' 03 00 01 02 03" + PatientId },
    };

    [Theory]
    [MemberData(nameof(DataSets))]
    public void Reader_ToleratedDeviation_ReadsTheElementsAroundIt(string deviation, string bytes)
    {
        var data = Raw.Bytes(bytes);

        var read = DicomReader.ReadDataset(data, Explicit);
        var trickled = DicomReader.ReadDataset(new TrickleStream(data), Explicit);

        Assert.True(read.GetString(DicomTag.PatientID) == "A1", deviation);
        Assert.True(trickled.GetString(DicomTag.PatientID) == "A1", deviation);
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2.1", "10 00 20 00 02 00 00 00 'A1'", "1.2.840.10008.1.2")]
    [InlineData("1.2.840.10008.1.2.1", "00 10 00 20 'LO' 00 02 'A1'", "1.2.840.10008.1.2.2")]
    [InlineData("1.2.840.10008.1.2.2", "10 00 20 00 'LO' 02 00 'A1'", "1.2.840.10008.1.2.1")]
    [InlineData("1.2.840.10008.1.2.2", "10 00 20 00 02 00 00 00 'A1'", "1.2.840.10008.1.2")]
    [InlineData("1.2.840.10008.1.2", "10 00 20 00 'LO' 02 00 'A1'", "1.2.840.10008.1.2.1")]
    public void File_DeclaredSyntaxIsNotTheOneOfTheDataSet_IsReadInTheRightOne(string declared, string body, string actual)
    {
        var file = Open([.. Raw.FileHead(declared), .. Raw.Bytes(body)]);

        Assert.Equal("A1", file.Dataset.GetString(DicomTag.PatientID));
        Assert.Equal(actual, file.TransferSyntax.UID.Value);
        Assert.Equal(declared, file.FileMeta.GetString(DicomTag.TransferSyntaxUID));
    }

    [Theory]
    [InlineData("10 00 20 00 'LO' 02 00 'A1'", "1.2.840.10008.1.2.1")]
    [InlineData("00 10 00 20 'LO' 00 02 'A1'", "1.2.840.10008.1.2.2")]
    [InlineData("10 00 20 00 02 00 00 00 'A1'", "1.2.840.10008.1.2")]
    public void File_WithoutPreambleAndMeta_TellsItsEncoding(string body, string syntax)
    {
        var file = Open(Raw.Bytes(body));

        Assert.Equal("A1", file.Dataset.GetString(DicomTag.PatientID));
        Assert.Equal(syntax, file.TransferSyntax.UID.Value);
        Assert.Equal(0, file.FileMeta.Count);
    }

    [Theory]
    [InlineData("meta without group length", "02 00 10 00 'UI' 12 00 '1.2.840.10008.1.2' 00")]
    [InlineData("meta with a group length too short", "02 00 00 00 'UL' 04 00 02 00 00 00 02 00 10 00 'UI' 12 00 '1.2.840.10008.1.2' 00")]
    [InlineData("meta with a group length too long", "02 00 00 00 'UL' 04 00 FF FF 00 00 02 00 10 00 'UI' 12 00 '1.2.840.10008.1.2' 00")]
    [InlineData("meta in implicit VR", "02 00 10 00 12 00 00 00 '1.2.840.10008.1.2' 00")]
    [InlineData("meta in big endian", "00 02 00 00 'UL' 00 04 00 00 00 1A 00 02 00 10 'UI' 00 12 '1.2.840.10008.1.2' 00")]
    [InlineData("no transfer syntax", "02 00 03 00 'UI' 04 00 '1.2' 00")]
    public void File_MetaGroupWrittenWrongly_IsRead(string deviation, string meta)
    {
        byte[] rest = [.. Raw.Bytes(meta), .. Raw.Bytes("10 00 20 00 02 00 00 00 'A1'")];
        byte[][] files = [[.. new byte[128], .. "DICM"u8, .. rest], [.. "DICM"u8, .. rest], rest];

        foreach (var bytes in files)
        {
            var file = Open(bytes);
            Assert.True(file.Dataset.GetString(DicomTag.PatientID) == "A1", deviation);
            Assert.Equal(DicomTransferSyntax.ImplicitVRLittleEndian, file.TransferSyntax);
        }
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("'This is a plain text file, and rather a short one.'", "This is not a DICOM file")]
    [InlineData("89 'PNG' 0D 0A 1A 0A 00 00 00 0D 'IHDR'", "This is not a DICOM file")]
    [InlineData("'%PDF-1.7 and what follows'", "This is not a DICOM file")]
    [InlineData("FF D8 FF E0 00 10 'JFIF' 00 01 01 00", "This is not a DICOM file")]
    [InlineData("'PK' 03 04 14 00 00 00 08 00 00 00 00 00", "This is not a DICOM file")]
    [InlineData("00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00", "This is not a DICOM file")]
    public void File_OfAnotherKind_IsRefusedByName(string bytes, string message)
    {
        var error = Assert.Throws<DicomDataException>(() => Open(Raw.Bytes(bytes)));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.2.3.4", "'1.2.3.4' is not one of PS3.6")]
    [InlineData("1.2.840.10008.1.2.6.1", "is not an encoding of data sets")]
    public void File_InAnUnknownTransferSyntax_IsRefused(string syntax, string message)
    {
        var error = Assert.Throws<DicomDataException>(() => Open([.. Raw.FileHead(syntax), .. Raw.Bytes(PatientId)]));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_EndlessMetaGroup_IsRefused()
    {
        var bytes = new byte[3 * 1024 * 1024];
        Raw.Bytes("02 00 02 01 'OB' 00 00 00 00 20 00").CopyTo(bytes, 0);

        var error = Assert.Throws<DicomDataException>(() => Open(bytes));

        Assert.Contains("meta group is longer", error.Message, StringComparison.Ordinal);
    }

    private static DicomFile Open(byte[] bytes) => DicomFile.Open(new MemoryStream(bytes));
}
