using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Tests.Corpus;

namespace Noctis.Dicom.Tests.Files;

/// <summary>Each form of PS3.5 clause 7 as bytes, read and written.</summary>
public sealed class GoldenTests
{
    private static readonly DicomTransferSyntax Implicit = DicomTransferSyntax.ImplicitVRLittleEndian;
    private static readonly DicomTransferSyntax Explicit = DicomTransferSyntax.ExplicitVRLittleEndian;
    private static readonly DicomTransferSyntax Big = DicomTransferSyntax.ExplicitVRBigEndian;

    private static readonly DicomWriteOptions Undefined = new() { UndefinedSequenceLengths = true };

    [Fact]
    public void ImplicitVR_TextAndNumber_EncodeAsTagLengthValue() => AssertBothWays(
        Implicit,
        Raw.Bytes(
            "10 00 10 00  08 00 00 00  'Doe^Jane'",
            "28 00 10 00  02 00 00 00  00 02"),
        new DicomDataset().SetString(DicomTag.PatientName, "Doe^Jane").SetUInt16(DicomTag.Rows, 512));

    [Fact]
    public void ExplicitVR_ShortForm_HasSixteenBitLength() => AssertBothWays(
        Explicit,
        Raw.Bytes(
            "10 00 10 00 'PN' 08 00 'Doe^Jane'",
            "28 00 10 00 'US' 02 00 00 02"),
        new DicomDataset().SetString(DicomTag.PatientName, "Doe^Jane").SetUInt16(DicomTag.Rows, 512));

    [Theory]
    [InlineData("OB")]
    [InlineData("OD")]
    [InlineData("OF")]
    [InlineData("OL")]
    [InlineData("OV")]
    [InlineData("OW")]
    [InlineData("SV")]
    [InlineData("UC")]
    [InlineData("UN")]
    [InlineData("UR")]
    [InlineData("UT")]
    [InlineData("UV")]
    public void ExplicitVR_LongForm_HasReservedBytesAndThirtyTwoBitLength(string vr) => AssertBothWays(
        Explicit,
        Raw.Bytes($"09 00 01 10 '{vr}' 00 00 08 00 00 00 31 32 33 34 35 36 37 38"),
        new DicomDataset().AddOrUpdate(new DicomValueElement(
            new DicomTag(0x0009, 0x1001), DicomVR.Lookup(vr)!, new byte[] { 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38 })));

    [Fact]
    public void BigEndian_EachUnit_IsHeldLittleEndian() => AssertBothWays(
        Big,
        Raw.Bytes(
            "00 10 00 10 'PN' 00 08 'Doe^Jane'",
            "00 28 00 09 'AT' 00 04 00 18 10 63",
            "00 28 00 10 'US' 00 02 02 00",
            "00 40 92 25 'FD' 00 08 3F F8 00 00 00 00 00 00",
            "00 42 00 11 'OB' 00 00 00 00 00 04 01 02 03 04",
            "7F E0 00 10 'OW' 00 00 00 00 00 04 02 01 04 03"),
        new DicomDataset()
            .SetString(DicomTag.PatientName, "Doe^Jane")
            .SetValue(DicomTag.FrameIncrementPointer, DicomVR.AT, new byte[] { 0x18, 0, 0x63, 0x10 })
            .SetUInt16(DicomTag.Rows, 512)
            .SetValue(DicomTag.RealWorldValueSlope, DicomVR.FD, BitConverter.GetBytes(1.5))
            .SetValue(DicomTag.EncapsulatedDocument, DicomVR.OB, new byte[] { 1, 2, 3, 4 })
            .SetValue(DicomTag.PixelData, DicomVR.OW, new byte[] { 1, 2, 3, 4 }));

    [Fact]
    public void Sequence_KnownLength_CountsItemsWithTheirHeaders() => AssertBothWays(
        Explicit,
        Raw.Bytes(
            "08 00 40 11 'SQ' 00 00 1E 00 00 00",
            "  FE FF 00 E0 0E 00 00 00",
            "    08 00 55 11 'UI' 06 00 '2.25.1'",
            "  FE FF 00 E0 00 00 00 00"),
        new DicomDataset().SetSequence(
            DicomTag.ReferencedImageSequence, new DicomDataset().SetString(DicomTag.ReferencedSOPInstanceUID, "2.25.1"), []));

    [Fact]
    public void Sequence_UndefinedLength_EndsByDelimiters() => AssertBothWays(
        Implicit,
        Raw.Bytes(
            "08 00 40 11 FF FF FF FF",
            "  FE FF 00 E0 FF FF FF FF",
            "    08 00 55 11 06 00 00 00 '2.25.1'",
            "  FE FF 0D E0 00 00 00 00",
            "FE FF DD E0 00 00 00 00"),
        new DicomDataset().SetSequence(
            DicomTag.ReferencedImageSequence, new DicomDataset().SetString(DicomTag.ReferencedSOPInstanceUID, "2.25.1")),
        Undefined);

    [Fact]
    public void Sequence_InBigEndian_HasItemsInBigEndian() => AssertBothWays(
        Big,
        Raw.Bytes(
            "00 08 11 40 'SQ' 00 00 FF FF FF FF",
            "  FF FE E0 00 FF FF FF FF",
            "    00 28 00 10 'US' 00 02 02 00",
            "  FF FE E0 0D 00 00 00 00",
            "FF FE E0 DD 00 00 00 00"),
        new DicomDataset().SetSequence(DicomTag.ReferencedImageSequence, new DicomDataset().SetUInt16(DicomTag.Rows, 512)),
        Undefined);

    [Theory]
    [InlineData(false, "09 00 10 10 'UN' 00 00 FF FF FF FF")]
    [InlineData(true, "00 09 10 10 'UN' 00 00 FF FF FF FF")]
    public void UnknownOfUndefinedLength_InExplicitVR_HoldsImplicitLittleEndianItems(bool isBig, string header) => AssertBothWays(
        isBig ? Big : Explicit,
        Raw.Bytes(
            header,
            "  FE FF 00 E0 FF FF FF FF",
            "    28 00 10 00 02 00 00 00 00 02",
            "  FE FF 0D E0 00 00 00 00",
            "FE FF DD E0 00 00 00 00"),
        new DicomDataset().AddOrUpdate(new DicomSequence(
            new DicomTag(0x0009, 0x1010), DicomVR.UN, [new DicomDataset().SetUInt16(DicomTag.Rows, 512)])),
        Undefined);

    [Fact]
    public void Fragments_WithOffsetTable_EndByDelimiter() => AssertBothWays(
        DicomTransferSyntax.JPEGBaseline8Bit,
        Raw.Bytes(
            "E0 7F 10 00 'OB' 00 00 FF FF FF FF",
            "  FE FF 00 E0 04 00 00 00 00 00 00 00",
            "  FE FF 00 E0 02 00 00 00 FF D8",
            "  FE FF 00 E0 02 00 00 00 FF D9",
            "FE FF DD E0 00 00 00 00"),
        new DicomDataset().AddOrUpdate(new DicomFragmentSequence(
            DicomTag.PixelData, new byte[4], [new byte[] { 0xFF, 0xD8 }, new byte[] { 0xFF, 0xD9 }])));

    [Fact]
    public void Deflated_DataSetOfAnotherDeflater_Inflates()
    {
        // zlib.compressobj(9, zlib.DEFLATED, -15) of Patient's Name "Doe^Jane" in explicit VR little endian, and a zero byte
        // that makes the length even.
        var bytes = Raw.Bytes("13 60 10 60 08 F0 E3 60 70 C9 4F 8D F3 4A CC 4B 05 00 18 00");

        var read = DicomReader.ReadDataset(bytes, DicomTransferSyntax.DeflatedExplicitVRLittleEndian);

        Assert.Equal("Doe^Jane", read.GetString(DicomTag.PatientName));
    }

    [Fact]
    public void Deflated_Written_HasEvenLength()
    {
        var lengths = Enumerable.Range(0, 16).Select(i => Samples.Encode(
            new DicomDataset().SetString(DicomTag.PatientName, new string('x', i) + i),
            DicomTransferSyntax.DeflatedExplicitVRLittleEndian).Length);

        Assert.All(lengths, length => Assert.Equal(0, length % 2));
    }

    [Fact]
    public void OddValues_Written_GetThePaddingOfTheirVR()
    {
        var dataset = new DicomDataset
        {
            new DicomValueElement(DicomTag.SOPInstanceUID, DicomVR.UI, "1.2"u8.ToArray()),
            new DicomValueElement(DicomTag.PatientID, DicomVR.LO, "abc"u8.ToArray()),
            new DicomValueElement(DicomTag.EncapsulatedDocument, DicomVR.OB, new byte[] { 1 }),
        };

        Assert.Equal(
            Raw.Bytes(
                "08 00 18 00 'UI' 04 00 '1.2' 00",
                "10 00 20 00 'LO' 04 00 'abc '",
                "42 00 11 00 'OB' 00 00 02 00 00 00 01 00"),
            Samples.Encode(dataset, Explicit));
    }

    [Theory]
    [InlineData(65534, "LO", 8)]
    [InlineData(65535, "UN", 12)]
    [InlineData(65536, "UN", 12)]
    public void LongValue_OfAShortFormVR_IsWrittenAsUnknown(int length, string vr, int header)
    {
        var bytes = Samples.Encode(
            new DicomDataset { new DicomValueElement(DicomTag.PatientID, DicomVR.LO, new byte[length]) }, Explicit);

        Assert.Equal(vr, System.Text.Encoding.ASCII.GetString(bytes, 4, 2));
        Assert.Equal(header + length + (length % 2), bytes.Length);
    }

    [Fact]
    public void GroupLength_Written_IsCountedAnew()
    {
        var dataset = new DicomDataset()
            .SetUInt32(new DicomTag(0x0008, 0x0000), 9999)
            .SetString(DicomTag.Modality, "CT")
            .SetString(DicomTag.PatientID, "outside of the group");

        var bytes = Samples.Encode(dataset, Implicit);

        Assert.Equal(Raw.Bytes("08 00 00 00 04 00 00 00 0A 00 00 00", "08 00 60 00 02 00 00 00 'CT'"), bytes[..22]);
    }

    [Fact]
    public void PrivateSequence_InImplicitVR_IsWrittenSoThatItIsReadAsOne()
    {
        var tag = new DicomTag(0x0009, 0x1001);
        var bytes = Samples.Encode(new DicomDataset { new DicomSequence(tag, new DicomDataset().SetString(DicomTag.PatientID, "A1")) }, Implicit);

        var read = DicomReader.ReadDataset(bytes, Implicit);

        Assert.Equal("A1", read.GetSequence(tag)!.Items[0].GetString(DicomTag.PatientID));
    }

    [Fact]
    public void ImplicitVR_AmbiguousElements_TakeTheVRThatTheDataSetImplies()
    {
        var signed = new DicomDataset().SetUInt16(DicomTag.PixelRepresentation, 1)
            .SetValue(DicomTag.SmallestImagePixelValue, DicomVR.SS, new byte[] { 0xFE, 0xFF });
        var unsigned = new DicomDataset().SetUInt16(DicomTag.PixelRepresentation, 0)
            .SetValue(DicomTag.SmallestImagePixelValue, DicomVR.US, new byte[] { 0xFE, 0xFF });

        var ofSigned = DicomReader.ReadDataset(Samples.Encode(signed, Implicit), Implicit);
        var ofUnsigned = DicomReader.ReadDataset(Samples.Encode(unsigned, Implicit), Implicit);

        Assert.Equal(DicomVR.SS, ofSigned[DicomTag.SmallestImagePixelValue].VR);
        Assert.Equal(-2, ofSigned.GetInt32(DicomTag.SmallestImagePixelValue));
        Assert.Equal(DicomVR.US, ofUnsigned[DicomTag.SmallestImagePixelValue].VR);
        Assert.Equal(DicomVR.OW, DicomReader.ReadDataset(
            Raw.Bytes("E0 7F 10 00 02 00 00 00 01 02"), Implicit)[DicomTag.PixelData].VR);
    }

    [Fact]
    public void Fragments_InASyntaxThatDoesNotCompress_AreRefused()
    {
        var dataset = new DicomDataset { new DicomFragmentSequence(DicomTag.PixelData, default, [new byte[2]]) };

        var error = Assert.Throws<DicomDataException>(() => Samples.Encode(dataset, Explicit));

        Assert.Contains("Encapsulated pixel data cannot be written", error.Message, StringComparison.Ordinal);
    }

    private static void AssertBothWays(
        DicomTransferSyntax syntax, byte[] bytes, DicomDataset dataset, DicomWriteOptions? options = null)
    {
        var read = DicomReader.ReadDataset(bytes, syntax);

        Assert.Equal(ListedElement.List(dataset), ListedElement.List(read));
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(Samples.Encode(dataset, syntax, options)));
    }
}
