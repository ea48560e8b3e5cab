using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Text;
using Noctis.Dicom.Files.Xml;
using Noctis.Dicom.Fuzz.Engine;
using Noctis.Dicom.Fuzz.Seeds;

namespace Noctis.Dicom.Fuzz.Targets;

/// <summary>Native XML. What was read is written as XML that is read and written as the same again.</summary>
public sealed class XmlTarget : FuzzTarget
{
    private static readonly DicomTextReadOptions Options = new() { MaxDepth = 8, MaxElementCount = 2000 };

    public override string Name => "xml";

    public override int MaxLength => 3072;

    public override int Cost => 10;

    public override IReadOnlyList<byte[]> Tokens { get; } =
    [
        "<DicomAttribute tag=\"00091001\" vr=\"OB\">"u8.ToArray(), "</DicomAttribute>"u8.ToArray(), "<Item number=\"1\">"u8.ToArray(), "</Item>"u8.ToArray(),
        "<Value number=\"1\">"u8.ToArray(), "</Value>"u8.ToArray(), "<PersonName number=\"1\">"u8.ToArray(), "<Alphabetic>"u8.ToArray(),
        "<InlineBinary>AAAA</InlineBinary>"u8.ToArray(), "<BulkData uri=\"a\"/>"u8.ToArray(), " privateCreator=\"A\""u8.ToArray(), " vr=\"SQ\""u8.ToArray(),
        "&#13;"u8.ToArray(), "<![CDATA["u8.ToArray(), "]]>"u8.ToArray(), "<!DOCTYPE a>"u8.ToArray(), "&lt;"u8.ToArray(), "<!-- -->"u8.ToArray(),
    ];

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            var random = new FuzzRandom(13);
            for (var i = 0; i < 40; i++)
                yield return Generate(random);
            foreach (var file in CorpusSeeds.Files)
                yield return Write(file.Dataset);
        }
    }

    public override byte[] Generate(FuzzRandom random) => Write(DatasetGenerator.Any(random, isEncapsulated: false));

    public override void Run(ReadOnlyMemory<byte> input, FuzzRandom random, FeatureMap features)
    {
        DicomDataset dataset;
        try
        {
            dataset = DicomXmlReader.ReadDataset(new PieceStream(input, random), Options);
        }
        catch (DicomDataException exception)
        {
            features.NoteRefusal(exception);
            return;
        }

        DatasetChecks.ReadEveryValue(dataset, features);

        // The blocks of private creators are given out anew, and need not come in the same order at once.
        var written = Write(Read(Write(dataset)));
        FuzzException.Unless(Write(Read(written)).AsSpan().SequenceEqual(written), "What was written and read is written differently.");
    }

    private static DicomDataset Read(byte[] xml) => DicomXmlReader.ReadDataset(new MemoryStream(xml));

    private static byte[] Write(DicomDataset dataset)
    {
        using var stream = new MemoryStream();
        DicomXmlWriter.WriteDataset(stream, dataset);
        return stream.ToArray();
    }
}
