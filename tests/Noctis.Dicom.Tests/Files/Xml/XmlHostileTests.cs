using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Text;
using Noctis.Dicom.Files.Xml;
using Noctis.Dicom.Tests.Files.Text;

namespace Noctis.Dicom.Tests.Files.Xml;

/// <summary>Documents made to hurt: each ends in a <see cref="DicomDataException"/> that says where and why.</summary>
public sealed class XmlHostileTests
{
    public static TheoryData<string, string> Faults => new()
    {
        { """<DicomAttribute vr="PN"/>""", "eight hexadecimal digits" },
        { """<DicomAttribute tag="PatientName"/>""", "eight hexadecimal digits" },
        { """<DicomAttribute tag="0010,010"/>""", "eight hexadecimal digits" },
        { """<DicomAttribute tag="FFFEE00D"/>""", "no elements" },
        { """<DicomAttribute tag="00100010" vr="XX"/>""", "no value representation" },
        { """<DicomAttribute tag="00100010" vr=""/>""", "no value representation" },
        { """<DicomAttribute tag="00100010" vr="PN" privateCreator="A"/>""", "names a private creator" },
        { """<DicomAttribute tag="00100010"/><DicomAttribute tag="00100010"/>""", "twice" },
        { """<DicomAttribute tag="00091001"><Value>a</Value></DicomAttribute>""", "There is no \"vr\"" },
        { """<DicomAttribute tag="00100020" vr="LO"><Value>a<b/></Value></DicomAttribute>""", "elements within" },
        { """<DicomAttribute tag="00100020" vr="LO">a</DicomAttribute>""", "Text stands" },
        { """<DicomAttribute tag="00100020" vr="LO"><Value number="2">a</Value></DicomAttribute>""", "\"number\" is not 1" },
        { """<DicomAttribute tag="00100020" vr="LO"><Value number="x">a</Value></DicomAttribute>""", "\"number\" is not 1" },
        { """<DicomAttribute tag="00100020" vr="LO"><Value number="1">a</Value><Value number="2147483647">b</Value></DicomAttribute>""", "\"number\" is not 2" },
        { """<DicomAttribute tag="00100020" vr="LO"><PersonName/></DicomAttribute>""", "no PersonName" },
        { """<DicomAttribute tag="00100020" vr="LO"><Item/></DicomAttribute>""", "has no items" },
        { """<DicomAttribute tag="00100010" vr="PN"><PersonName/><Value/></DicomAttribute>""", "values of one kind" },
        { """<DicomAttribute tag="00100010" vr="PN"><PersonName><Alphabetic/><Alphabetic/></PersonName></DicomAttribute>""", "twice" },
        { """<DicomAttribute tag="00100010" vr="PN"><PersonName><Alphabetic><GivenName/><GivenName/></Alphabetic></PersonName></DicomAttribute>""", "twice" },
        { """<DicomAttribute tag="0040A730" vr="SQ"><Value>a</Value></DicomAttribute>""", "There is no \"vr\" that has values" },
        { """<DicomAttribute tag="0040A730" vr="SQ"><InlineBinary>AA==</InlineBinary></DicomAttribute>""", "not bytes" },
        { """<DicomAttribute tag="0040A730" vr="SQ"><BulkData uri="a"/></DicomAttribute>""", "not bytes" },
        { """<DicomAttribute tag="00091001" vr="OB"><InlineBinary>AA==</InlineBinary><InlineBinary>AA==</InlineBinary></DicomAttribute>""", "one InlineBinary" },
        { """<DicomAttribute tag="00091001" vr="OB"><InlineBinary>A</InlineBinary></DicomAttribute>""", "not base64" },
        { """<DicomAttribute tag="00091001" vr="OB"><InlineBinary>é===</InlineBinary></DicomAttribute>""", "not base64" },
        { """<DicomAttribute tag="00091001" vr="OB"><Value>1</Value></DicomAttribute>""", "base64" },
        { """<DicomAttribute tag="00091001" vr="OB"><BulkData/></DicomAttribute>""", "either uri or uuid" },
        { """<DicomAttribute tag="00091001" vr="OB"><BulkData uri="a" uuid="b"/></DicomAttribute>""", "either uri or uuid" },
        { """<DicomAttribute tag="00091001" vr="OB"><BulkData uri="a"/><BulkData uri="a"/></DicomAttribute>""", "one InlineBinary" },
        { """<DicomAttribute tag="00280010" vr="US"><Value>65536</Value></DicomAttribute>""", "can hold" },
        { """<DicomAttribute tag="00280010" vr="US"><Value>1</Value><Value/></DicomAttribute>""", "no empty values" },
        { """<DicomAttribute tag="00104000" vr="LT"><Value>a</Value><Value>b</Value></DicomAttribute>""", "has one value" },
        { """<DicomAttribute tag="00080060" vr="CS"><Value>中</Value></DicomAttribute>""", "default repertoire" },
        { """<DicomAttribute tag="00100010" """, "not XML" },
        { """<DicomAttribute tag="00100010" tag="00100010"/>""", "not XML" },
        { "&undefined;", "not XML" },
        { "&#0;", "not XML" },
        { "&#xD800;", "not XML" },
        { "text", "Text stands" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task ReadDataset_Fault_IsRefusedWithItsReason(string elements, string reason)
    {
        var bytes = Encoding.UTF8.GetBytes(DicomXmlReaderTests.Document(elements));

        var sync = Assert.Throws<DicomDataException>(() => DicomXmlReader.ReadDataset(new MemoryStream(bytes)));
        var async = await Assert.ThrowsAsync<DicomDataException>(() => DicomXmlReader.ReadDatasetAsync(new TrickleStream(bytes)));

        Assert.Contains(reason, sync.Message, StringComparison.Ordinal);
        Assert.Contains("line 1, position", sync.Message + (sync.Tag is null ? "" : "line 1, position"), StringComparison.Ordinal);
        Assert.Equal(sync.Message, async.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("<NativeDicomModel/><NativeDicomModel/>")]
    [InlineData("<Other/>")]
    [InlineData("<file-format/>")]
    [InlineData("<NativeDicomModel xmlns='urn:other'/>")]
    [InlineData("<!DOCTYPE NativeDicomModel><NativeDicomModel/>")]
    [InlineData("<!DOCTYPE NativeDicomModel [<!ENTITY a 'x'>]><NativeDicomModel/>")]
    [InlineData("<!DOCTYPE NativeDicomModel SYSTEM 'file:///etc/passwd'><NativeDicomModel/>")]
    public void ReadDataset_AnotherDocument_IsRefused(string xml)
    {
        Assert.Throws<DicomDataException>(() => DicomXmlReader.ReadDataset(xml));
        Assert.Throws<DicomDataException>(() => DicomXmlReader.ReadDataset(new MemoryStream(Encoding.UTF8.GetBytes(xml))));
    }

    [Fact]
    public void ReadDataset_UnknownEncoding_IsRefused() => Assert.Throws<DicomDataException>(() => DicomXmlReader.ReadDataset(
        new MemoryStream("<?xml version='1.0' encoding='no-such-encoding'?><NativeDicomModel/>"u8.ToArray())));

    /// <summary>Found by fuzzing: XmlReader throws an ArgumentOutOfRangeException when this comes in pieces.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(17)]
    [InlineData(100)]
    public async Task ReadDataset_DeclarationWithStrayBytes_IsRefused(int piece)
    {
        byte[] bytes =
        [
            .. "<?xml version=\"1.0"u8, 0x81, 0x9C, 0xB7, 0x58, 0xE4, 0x72, 0x52, 0x5B, .. "\" encoding=\"utf-8\"?><NativeDicomModel/>"u8,
        ];

        Assert.Throws<DicomDataException>(() => DicomXmlReader.ReadDataset(new BufferedStream(new TrickleStream(bytes), piece)));
        await Assert.ThrowsAsync<DicomDataException>(() => DicomXmlReader.ReadDatasetAsync(new BufferedStream(new TrickleStream(bytes), piece)));
    }

    [Fact]
    public void ReadDataset_FaultInAnItem_NamesTheWayToIt()
    {
        var error = Assert.Throws<DicomDataException>(() => DicomXmlReader.ReadDataset(DicomXmlReaderTests.Document(
            """<DicomAttribute tag="0040A730" vr="SQ"><Item/><Item><DicomAttribute tag="00280010" vr="US"><Value>x</Value></DicomAttribute></Item></DicomAttribute>""")));

        Assert.Contains("In (0040,A730)[1](0028,0010): ", error.Message, StringComparison.Ordinal);
        Assert.Equal(DicomTag.Rows, error.Tag);
    }

    [Theory]
    [InlineData(1800)]
    [InlineData(100_000)]
    public async Task ReadDataset_NestedTooDeep_IsRefused(int depth)
    {
        var sequences = "<NativeDicomModel>" + string.Concat(Enumerable.Repeat("<DicomAttribute tag='0040A730' vr='SQ'><Item>", depth));
        var unknown = "<NativeDicomModel>" + string.Concat(Enumerable.Repeat("<a>", depth));

        foreach (var xml in new[] { sequences, unknown })
        {
            var error = Assert.Throws<DicomDataException>(() => DicomXmlReader.ReadDataset(xml));
            Assert.Contains("nested deeper than 64", error.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<DicomDataException>(() => DicomXmlReader.ReadDatasetAsync(new MemoryStream(Encoding.UTF8.GetBytes(xml))));
        }
    }

    [Fact]
    public void ReadDataset_NestedAsDeepAsAllowed_IsRead()
    {
        const int depth = 64;
        var dataset = DicomXmlReader.ReadDataset(DicomXmlReaderTests.Document(
            string.Concat(Enumerable.Repeat("<DicomAttribute tag='0040A730' vr='SQ'><Item>", depth))
            + string.Concat(Enumerable.Repeat("</Item></DicomAttribute>", depth))));

        for (var i = 0; i < depth; i++)
            dataset = dataset.GetSequence(DicomTag.ContentSequence)!.Items[0];
        Assert.Equal(0, dataset.Count);
    }

    [Fact]
    public void ReadDataset_BeyondALimit_IsRefused()
    {
        Refused("<DicomAttribute tag='0040A730' vr='SQ'><Item/><Item/><Item/></DicomAttribute>", new DicomTextReadOptions { MaxElementCount = 3 }, "more than 3 elements");
        Refused("<DicomAttribute tag='00100020' vr='LO'><Value>12345</Value></DicomAttribute>", new DicomTextReadOptions { MaxTextLength = 4 }, "longer than 4 bytes");
        Refused("<DicomAttribute tag='00091001' vr='OB'><InlineBinary>AQIDBAUGBwgJCgsMDQ4PEA==</InlineBinary></DicomAttribute>", new DicomTextReadOptions { MaxInlineLength = 8 }, "longer than 8 bytes");
        Refused("<DicomAttribute tag='00100020' vr='LO'><Value>12345</Value></DicomAttribute>", new DicomTextReadOptions { MaxDatasetLength = 40 }, "too long");

        static void Refused(string elements, DicomTextReadOptions options, string reason) => Assert.Contains(
            reason,
            Assert.Throws<DicomDataException>(() => DicomXmlReader.ReadDataset(DicomXmlReaderTests.Document(elements), options)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ReadDataset_PrivateBlocksAllTaken_IsRefused()
    {
        var elements = string.Concat(Enumerable.Range(0, 241).Select(i => $"<DicomAttribute tag='00290001' vr='LO' privateCreator='C{i}'/>"));

        var error = Assert.Throws<DicomDataException>(() => DicomXmlReader.ReadDataset(DicomXmlReaderTests.Document(elements)));

        Assert.Contains("all taken", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadDataset_CutAtEachByte_IsRefused()
    {
        var bytes = Encoding.UTF8.GetBytes(DicomXmlWriterTests.Write(TextSamples.EveryVR()));
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<DicomDataException>(() => DicomXmlReader.ReadDataset(new MemoryStream(bytes, 0, length)));
    }

    [Fact]
    public void ReadDataset_RandomChanges_EndInNothingButADataException() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var bytes = Encoding.UTF8.GetBytes(DicomXmlWriterTests.Write(TextSamples.EveryVR()));
        for (var i = random.Next(1, 6); i > 0; i--)
            bytes[random.Next(bytes.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)"<>&\"/ 09"[random.Next(8)];

        var error = Record.Exception(() => DicomXmlReader.ReadDataset(new MemoryStream(bytes)));

        Assert.True(error is null or DicomDataException, error?.ToString());
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
}
