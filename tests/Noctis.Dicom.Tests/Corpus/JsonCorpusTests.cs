using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Files.Json;
using Noctis.Dicom.Tests.Files.Json;
using Noctis.Dicom.Tests.Files.Text;

namespace Noctis.Dicom.Tests.Corpus;

/// <summary>Every real file means the same after it went through the DICOM JSON model: ours, and pydicom's in each direction.</summary>
public sealed class JsonCorpusTests(JsonCorpus corpus) : IClassFixture<JsonCorpus>
{
    public static TheoryData<string> Readable => [.. CorpusFolder.Readable];

    [CorpusTheory]
    [MemberData(nameof(Readable))]
    public void Read_RealFileWrittenAsJson_MeansTheSame(string name)
    {
        var dataset = DicomFile.Open(CorpusFolder.FullPath(name)).Dataset;

        var read = DicomJsonReader.ReadDataset(DicomJsonWriterTests.Write(dataset));

        Assert.Equal(Lines(dataset), Lines(read));
    }

    [PydicomCorpusTheory]
    [MemberData(nameof(Readable))]
    public void Write_RealFile_IsReadByPydicomAsTheSame(string name)
    {
        var dataset = DicomFile.Open(CorpusFolder.FullPath(name)).Dataset;

        var read = corpus.OursThroughPydicom(name);

        Assert.True(read is not null, string.Join('\n', corpus.Failures.Where(f => f.Contains(name, StringComparison.Ordinal))));
        Assert.Equal(Lines(dataset), Lines(read));
    }

    [PydicomCorpusTheory]
    [MemberData(nameof(Readable))]
    public void Read_WrittenByPydicom_MeansTheSame(string name)
    {
        var json = corpus.OfPydicom(name);

        Assert.True(json is not null, string.Join('\n', corpus.Failures.Where(f => f.Contains(name, StringComparison.Ordinal))));
        var file = DicomFile.Open(CorpusFolder.FullPath(name));

        // pydicom leaves the bytes of big endian words as they are in the file.
        bool IsKept(string line) => file.TransferSyntax != DicomTransferSyntax.ExplicitVRBigEndian || !line.StartsWith("(7FE0,0010) OW ", StringComparison.Ordinal);
        Assert.Equal(Lines(file.Dataset).Where(IsKept), Lines(DicomJsonReader.ReadDataset(json)).Where(IsKept));
    }

    /// <summary>Compressed pixel data is not in the documents, and group 0002 is not of the data set.</summary>
    private static List<string> Lines(DicomDataset dataset) =>
        [.. Meaning.Of(dataset).Where(l => !l.EndsWith(" encapsulated", StringComparison.Ordinal))];
}
