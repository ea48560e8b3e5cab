using System.Text;
using System.Text.RegularExpressions;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Files.Json;
using Noctis.Dicom.Files.Xml;
using Noctis.Dicom.Tests.Files.Text;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Corpus;

/// <summary>What dcmtk writes of every real file as JSON and as native XML means what we read from the file itself.</summary>
public sealed class DcmtkTextCorpusTests
{
    public static TheoryData<string> Readable => [.. CorpusFolder.Readable];

    /// <summary>dcmtk cannot convert code extensions within items, nor ISO 2022 IR 87 where it is built on the C library's iconv.</summary>
    private static readonly string[] NotInUnicode = ["charset/japanese-ir87.dcm", "charset/nested-charset-override-utf8.dcm"];

    /// <summary>Files that dcm2xml itself gets wrong, by its way of doing so.</summary>
    private static readonly Dictionary<string, string> WrongInXml = new()
    {
        ["charset/chinese-utf8-ir192.dcm"] = "the ideographic group stands there as the phonetic one as well",
        ["charset/chinese-gb18030.dcm"] = "the ideographic group stands there as the phonetic one as well",
        ["odd/un-vr-sequence-undefined-length.dcm"] = "a private element without a creator loses its block",
        ["documents/ecg-12-lead.dcm"] = "a private element without a creator loses its block",
        ["dicomdir/DICOMDIR"] = "dcm2xml reads no directories",
    };

    [DcmtkCorpusTheory]
    [MemberData(nameof(Readable))]
    public async Task ReadJson_WrittenByDcm2json_MeansTheSame(string name)
    {
        var (code, json) = await DcmtkTool.RunAsync("dcm2json", "-q", "-fc", CorpusFolder.FullPath(name));

        // dcm2json has no JSON for compressed pixel data, and says so.
        var file = DicomFile.Open(CorpusFolder.FullPath(name));
        if (NotInUnicode.Contains(name) || file.Dataset.Any(e => e is DicomFragmentSequence))
            return;
        Assert.True(code == 0, json);
        Assert.Equal(Lines(file.Dataset, byCreator: false), Lines(DicomJsonReader.ReadDataset(json), byCreator: false));
    }

    [DcmtkCorpusTheory]
    [MemberData(nameof(Readable))]
    public async Task ReadXml_WrittenByDcm2xml_MeansTheSame(string name)
    {
        var (code, xml) = await DcmtkTool.RunAsync("dcm2xml", "-q", "-nat", "+U8", CorpusFolder.FullPath(name));

        if (NotInUnicode.Contains(name) || WrongInXml.ContainsKey(name))
            return;
        Assert.True(code == 0, xml);
        var file = DicomFile.Open(CorpusFolder.FullPath(name));
        var read = DicomXmlReader.ReadDataset(new MemoryStream(Encoding.UTF8.GetBytes(xml)));

        // dcm2xml puts binary values behind UUIDs that nobody can resolve.
        Assert.Equal(Lines(file.Dataset, byCreator: true).Where(l => !IsBinary(l)), Lines(read, byCreator: true).Where(l => !IsBinary(l)));
    }

    private static bool IsBinary(string line) => Regex.IsMatch(line, @"^\S+ (O[BDFLVW]|UN) ") || Regex.IsMatch(line, @"^\([^ ]*,[^)]*,[0-9A-F]{2}\) (O[BDFLVW]|UN) ");

    /// <summary>dcmtk does not write the sign of a zero.</summary>
    private static IEnumerable<string> Lines(DicomDataset dataset, bool byCreator) => Meaning
        .Of(dataset, byCreator, byCreator ? XmlText.Clean : null)
        .Where(l => !l.EndsWith(" encapsulated", StringComparison.Ordinal))
        .Select(l => Regex.Replace(l, @"(?<= F[LD] |\\)-0(?=\\|$)", "0"));
}
