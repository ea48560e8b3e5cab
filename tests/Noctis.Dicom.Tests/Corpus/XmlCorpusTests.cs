using Noctis.Dicom.Files;
using Noctis.Dicom.Files.Xml;
using Noctis.Dicom.Tests.Files.Text;
using Noctis.Dicom.Tests.Files.Xml;

namespace Noctis.Dicom.Tests.Corpus;

/// <summary>Every real file means the same after it went through native XML.</summary>
public sealed class XmlCorpusTests
{
    public static TheoryData<string> Readable => [.. CorpusFolder.Readable];

    [CorpusTheory]
    [MemberData(nameof(Readable))]
    public void Read_RealFileWrittenAsXml_MeansTheSame(string name)
    {
        var dataset = DicomFile.Open(CorpusFolder.FullPath(name)).Dataset;

        var read = DicomXmlReader.ReadDataset(DicomXmlWriterTests.Write(dataset));

        // What XML 1.0 cannot hold is replaced; that is its documented treatment.
        Assert.Equal(
            Meaning.Of(dataset, privateByCreator: true, XmlText.Clean).Where(l => !l.EndsWith(" encapsulated", StringComparison.Ordinal)),
            Meaning.Of(read, privateByCreator: true));
    }
}
