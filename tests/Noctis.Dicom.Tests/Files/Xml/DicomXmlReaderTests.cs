using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Text;
using Noctis.Dicom.Files.Xml;
using Noctis.Dicom.Tests.Files.Text;

namespace Noctis.Dicom.Tests.Files.Xml;

public sealed class DicomXmlReaderTests
{
    [Fact]
    public void ReadDataset_ExampleOfTheStandard_IsRead()
    {
        // PS3.18 F.2.1.1.1, with the directive where XML has it.
        var dataset = DicomXmlReader.ReadDataset("""
            <?xml version="1.0" encoding="UTF-8" ?>
            <NativeDicomModel xml:space="preserve">
              <DicomAttribute tag="0020000D" vr="UI" keyword="StudyInstanceUID">
                <Value number="1">1.2.392.200036.9116.2.2.2.1762893313.1029997326.945873</Value>
              </DicomAttribute>
            </NativeDicomModel>
            """);

        Assert.Equal("1.2.392.200036.9116.2.2.2.1762893313.1029997326.945873", dataset.GetString(DicomTag.StudyInstanceUID));
        Assert.Equal(1, dataset.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadDataset_WrittenWithEveryVR_MeansTheSame(bool isIndented)
    {
        var dataset = TextSamples.EveryVR();

        var read = DicomXmlReader.ReadDataset(DicomXmlWriterTests.Write(dataset, new DicomTextWriteOptions { IsIndented = isIndented }));

        Assert.Equal(Meaning.Of(dataset), Meaning.Of(read));
        Assert.Equal(DicomXmlWriterTests.Write(dataset), DicomXmlWriterTests.Write(read));
    }

    [Fact]
    public async Task ReadDataset_OneByteAtATime_IsTheSame()
    {
        var bytes = Encoding.UTF8.GetBytes(DicomXmlWriterTests.Write(TextSamples.EveryVR()));

        var sync = DicomXmlReader.ReadDataset(new TrickleStream(bytes));
        var async = await DicomXmlReader.ReadDatasetAsync(new TrickleStream(bytes));

        Assert.Equal(Meaning.Of(TextSamples.EveryVR()), Meaning.Of(sync));
        Assert.Equal(Meaning.Of(sync), Meaning.Of(async));
    }

    [Fact]
    public void ReadDataset_PrivateElements_GetBlocksOfTheirCreators()
    {
        var dataset = DicomXmlReader.ReadDataset(Document("""
            <DicomAttribute tag="00290010" vr="LO"><Value number="1">B</Value></DicomAttribute>
            <DicomAttribute tag="00290001" vr="LO" privateCreator="A"><Value number="1">a1</Value></DicomAttribute>
            <DicomAttribute tag="00290010" vr="LO" privateCreator="A"><Value number="1">a10</Value></DicomAttribute>
            <DicomAttribute tag="00290001" vr="LO" privateCreator="A"><Value number="1">a1 again</Value></DicomAttribute>
            <DicomAttribute tag="00291501" vr="LO" privateCreator="B"><Value number="1">b1</Value></DicomAttribute>
            <DicomAttribute tag="00299901" vr="LO"><Value number="1">nobody's</Value></DicomAttribute>
            """));

        Assert.Equal(
            [
                "(0029,0010) LO B", "(0029,0011) LO A", "(0029,0012) LO A", "(0029,1001) LO b1", "(0029,1101) LO a1",
                "(0029,1110) LO a10", "(0029,1201) LO a1 again", "(0029,9901) LO nobody's",
            ],
            Meaning.Of(dataset));
    }

    [Theory]
    [InlineData("""<DicomAttribute tag="00100010"><PersonName><SingleByte><FamilyName>A</FamilyName></SingleByte></PersonName></DicomAttribute>""", "(0010,0010) PN A")]
    [InlineData("""<DicomAttribute tag="00100010" vr="PN"><PersonName number="1"><Phonetic><GivenName>g</GivenName><FamilyName>f</FamilyName></Phonetic></PersonName></DicomAttribute>""", "(0010,0010) PN ==f^g")]
    [InlineData("""<DicomAttribute tag="00100010" vr="PN"><PersonName number="1"/></DicomAttribute>""", "(0010,0010) PN ")]
    [InlineData("""<DicomAttribute tag="00080008" vr="CS"><Value>A</Value><Value/><Value>B</Value></DicomAttribute>""", "(0008,0008) CS A\\\\B")]
    [InlineData("""<DicomAttribute tag="00080008" vr="CS"><Other><Value>x</Value></Other><Value>A</Value></DicomAttribute>""", "(0008,0008) CS A")]
    [InlineData("""<DicomAttribute tag="00080008" vr="CS"><x:Value xmlns:x="urn:x">x</x:Value><Value><![CDATA[A]]></Value></DicomAttribute>""", "(0008,0008) CS A")]
    [InlineData("""<DicomAttribute tag="00104000" vr="LT"><Value> a &amp; &#13;&#10;b</Value></DicomAttribute>""", "(0010,4000) LT  a & \r\nb")]
    [InlineData("<DicomAttribute tag='00091001'><InlineBinary> AQ ID\nBA== </InlineBinary></DicomAttribute>", "(0009,1001) UN 01020304")]
    [InlineData("""<DicomAttribute tag="00091001"><Item number="1"/></DicomAttribute>""", "(0009,1001) SQ 1")]
    [InlineData("""<DicomAttribute tag="00091001" vr="FD"><Value>INF</Value><Value>1.5</Value></DicomAttribute>""", "(0009,1001) FD Infinity\\1.5")]
    [InlineData("""<DicomAttribute tag="00100000" vr="UL"><Value>4</Value></DicomAttribute>""", null)]
    [InlineData("""<DicomAttribute tag="0008001a" vr="UI"/>""", "(0008,001A) UI ")]
    public void ReadDataset_ElementInAForm_IsRead(string xml, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], Meaning.Of(DicomXmlReader.ReadDataset(Document(xml))));

    [Fact]
    public void ReadDataset_TextAboveAscii_IsHeldInUtf8()
    {
        var dataset = DicomXmlReader.ReadDataset(Document(
            """<DicomAttribute tag="00080005" vr="CS"><Value>ISO_IR 100</Value></DicomAttribute><DicomAttribute tag="00100020" vr="LO"><Value>é</Value></DicomAttribute>"""));

        Assert.Equal(("ISO_IR 192", "é"), (dataset.GetString(DicomTag.SpecificCharacterSet), dataset.GetString(DicomTag.PatientID)));
    }

    [Fact]
    public void ReadDataset_BulkData_IsKeptOrResolved()
    {
        var xml = Document("""<DicomAttribute tag="7FE00010" vr="OW"><BulkData uuid="7"></BulkData></DicomAttribute>""");

        var kept = DicomXmlReader.ReadDataset(xml);
        var resolved = DicomXmlReader.ReadDataset(xml, new DicomTextReadOptions { ResolveBulkData = r => r.WithValue(new byte[] { 1, 2 }) });

        Assert.Equal("urn:uuid:7", Assert.IsType<DicomBulkDataReference>(kept[DicomTag.PixelData]).Uri);
        Assert.Equal(new byte[] { 1, 2 }, resolved.GetBytes(DicomTag.PixelData)!.Value.ToArray());
    }

    [Fact]
    public void Dataset_WrittenAndRead_MeansTheSame() => Prop.ForAll<int>(seed =>
    {
        var dataset = RandomDatasets.Make(new Random(seed));
        Assert.Equal(
            Meaning.Of(dataset, privateByCreator: true),
            Meaning.Of(DicomXmlReader.ReadDataset(DicomXmlWriterTests.Write(dataset)), privateByCreator: true));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    internal static string Document(string elements) => $"<NativeDicomModel>{elements}</NativeDicomModel>";
}
