using System.Text;
using System.Xml.Linq;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Text;
using Noctis.Dicom.Files.Xml;
using Noctis.Dicom.Tests.Files.Text;

namespace Noctis.Dicom.Tests.Files.Xml;

public sealed class DicomXmlWriterTests
{
    [Fact]
    public void WriteDataset_EachForm_IsTheOneOfTheStandard()
    {
        var dataset = new DicomDataset()
            .SetString(DicomTag.SpecificCharacterSet, "ISO_IR 192")
            .SetString(DicomTag.ImageType, "MPG", "", "XR3")
            .SetSequence(DicomTag.ReferencedImageSequence, new DicomDataset().SetString(DicomTag.ReferencedSOPInstanceUID, "1.2"), [])
            .SetString(DicomTag.PatientName, "Wang^XiaoDong^^Dr.=王^小東")
            .SetEmpty(DicomTag.PatientID)
            .SetTag(DicomTag.FrameIncrementPointer, DicomTag.FrameTime)
            .SetString(DicomTag.PixelSpacing, "0.5", "0.4")
            .SetValue(DicomTag.RedPaletteColorLookupTableData, DicomVR.OW, new byte[] { 1, 2, 3, 4 })
            .SetUInt32(new DicomTag(0x0010, 0x0000), 4);
        var tag = dataset.ReservePrivateTag(0x0029, "Vendor <A>", 0x15);
        dataset.SetValue(tag, DicomVR.FD, BitConverter.GetBytes(double.NegativeInfinity));

        Assert.Equal(
            """
            <?xml version="1.0" encoding="utf-8"?>
            <NativeDicomModel xml:space="preserve" xmlns="http://dicom.nema.org/PS3.19/models/NativeDICOM">
            <DicomAttribute keyword="SpecificCharacterSet" tag="00080005" vr="CS"><Value number="1">ISO_IR 192</Value></DicomAttribute>
            <DicomAttribute keyword="ImageType" tag="00080008" vr="CS"><Value number="1">MPG</Value><Value number="2"></Value><Value number="3">XR3</Value></DicomAttribute>
            <DicomAttribute keyword="ReferencedImageSequence" tag="00081140" vr="SQ"><Item number="1"><DicomAttribute keyword="ReferencedSOPInstanceUID" tag="00081155" vr="UI"><Value number="1">1.2</Value></DicomAttribute></Item><Item number="2" /></DicomAttribute>
            <DicomAttribute keyword="PatientName" tag="00100010" vr="PN"><PersonName number="1"><Alphabetic><FamilyName>Wang</FamilyName><GivenName>XiaoDong</GivenName><NamePrefix>Dr.</NamePrefix></Alphabetic><Ideographic><FamilyName>王</FamilyName><GivenName>小東</GivenName></Ideographic></PersonName></DicomAttribute>
            <DicomAttribute keyword="PatientID" tag="00100020" vr="LO" />
            <DicomAttribute keyword="FrameIncrementPointer" tag="00280009" vr="AT"><Value number="1">00181063</Value></DicomAttribute>
            <DicomAttribute keyword="PixelSpacing" tag="00280030" vr="DS"><Value number="1">0.5</Value><Value number="2">0.4</Value></DicomAttribute>
            <DicomAttribute keyword="RedPaletteColorLookupTableData" tag="00281201" vr="OW"><InlineBinary>AQIDBA==</InlineBinary></DicomAttribute>
            <DicomAttribute tag="00290015" vr="FD" privateCreator="Vendor &lt;A&gt;"><Value number="1">-INF</Value></DicomAttribute>
            </NativeDicomModel>
            """.ReplaceLineEndings(""),
            Write(dataset));
    }

    [Fact]
    public void WriteDataset_CharactersThatXmlCannotHold_AreReplaced()
    {
        var dataset = new DicomDataset()
            .SetString(DicomTag.SpecificCharacterSet, "ISO_IR 192")
            .SetString(DicomTag.PatientComments, "a\u0001b\fc\uFFFEd\te\r\nf😀]]>&");

        Assert.Equal("a\uFFFDb\uFFFDc\uFFFDd\te\r\nf😀]]>&", DicomXmlReader.ReadDataset(Write(dataset)).GetString(DicomTag.PatientComments));
    }

    /// <summary>Found by fuzzing: U+FFFD in a representation of ASCII could not be read back.</summary>
    [Fact]
    public void WriteDataset_ControlCharacterInAnAsciiRepresentation_IsAQuestionMark()
    {
        var dataset = new DicomDataset().SetValue(DicomTag.Modality, DicomVR.CS, new byte[] { (byte)'C', 1, 0xE9, (byte)'T' });

        Assert.Equal("C?éT", DicomXmlReader.ReadDataset(Write(dataset)).GetString(DicomTag.Modality));
    }

    [Fact]
    public void WriteDataset_LatinText_IsUnicodeAndSaysSo()
    {
        var dataset = new DicomDataset().SetValue(DicomTag.PatientName, DicomVR.PN, Encoding.Latin1.GetBytes("Müller"));

        var read = XDocument.Parse(Write(dataset)).Root!.Elements().ToList();

        Assert.Equal(["SpecificCharacterSet", "PatientName"], read.Select(e => e.Attribute("keyword")!.Value));
        Assert.Equal(["ISO_IR 192", "Müller"], read.Select(e => e.Value));
    }

    [Fact]
    public void WriteDataset_Policy_PutsBulkDataBehindUris()
    {
        var dataset = new DicomDataset()
            .SetValue(TextSamples.Private(1), DicomVR.OB, new byte[2])
            .AddOrUpdate(new DicomFragmentSequence(DicomTag.PixelData, default, [new byte[4]]));

        var xml = Write(dataset, new DicomTextWriteOptions
        {
            PlaceBulkData = value => DicomBulkPlacement.At(value.IsEncapsulated ? "urn:uuid:1c6b5b1e-0000-4000-8000-000000000000" : "a&b"),
        });

        Assert.Contains("""<BulkData uri="a&amp;b" />""", xml, StringComparison.Ordinal);
        Assert.Contains("""<BulkData uuid="1c6b5b1e-0000-4000-8000-000000000000" />""", xml, StringComparison.Ordinal);
        Assert.Equal(xml, Write(DicomXmlReader.ReadDataset(xml)));
    }

    [Fact]
    public async Task WriteDatasetAsync_LongValue_IsTheSame()
    {
        var value = new byte[1_000_001];
        new Random(1).NextBytes(value);
        var dataset = TextSamples.EveryVR().AddOrUpdate(new DicomValueElement(DicomTag.PixelData, DicomVR.OW, value));
        using var stream = new MemoryStream();

        await DicomXmlWriter.WriteDatasetAsync(stream, dataset);

        Assert.Equal(Write(dataset), Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void WriteDataset_NestedWithoutEnd_IsRefused()
    {
        var dataset = new DicomDataset();
        for (var i = 0; i < 600; i++)
            dataset = new DicomDataset().SetSequence(DicomTag.ContentSequence, dataset);

        Assert.Throws<DicomDataException>(() => Write(dataset));
    }

    internal static string Write(DicomDataset dataset, DicomTextWriteOptions? options = null)
    {
        using var stream = new MemoryStream();
        DicomXmlWriter.WriteDataset(stream, dataset, options);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
