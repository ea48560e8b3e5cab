using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Json;
using Noctis.Dicom.Files.Text;
using Noctis.Dicom.Fuzz.Engine;
using Noctis.Dicom.Fuzz.Seeds;

namespace Noctis.Dicom.Fuzz.Targets;

/// <summary>
/// DICOM JSON. From memory and from a stream in pieces the same is read or refused both times; what was read is written as JSON that is
/// read and written as the same again.
/// </summary>
public sealed class JsonTarget : FuzzTarget
{
    private static readonly DicomTextReadOptions Options = new() { MaxDepth = 8, MaxElementCount = 2000 };

    public override string Name => "json";

    public override int MaxLength => 2048;

    public override int Cost => 8;

    public override IReadOnlyList<byte[]> Tokens { get; } =
    [
        "\"vr\":\"SQ\""u8.ToArray(), "\"vr\":\"PN\""u8.ToArray(), "\"vr\":\"UN\""u8.ToArray(), "\"vr\":\"DS\""u8.ToArray(), "\"Value\":["u8.ToArray(),
        "\"InlineBinary\":\"AAAA\""u8.ToArray(), "\"BulkDataURI\":\"a\""u8.ToArray(), "\"00080005\":{"u8.ToArray(), "\"7FE00010\":{"u8.ToArray(),
        "{\"Alphabetic\":\"A\"}"u8.ToArray(), "null"u8.ToArray(), "\\ud800"u8.ToArray(), "\\u001b$B"u8.ToArray(), "\\\\"u8.ToArray(), "},{"u8.ToArray(),
        "-0"u8.ToArray(), "1e400"u8.ToArray(), "\"NaN\""u8.ToArray(), "[{"u8.ToArray(), "}]"u8.ToArray(),
    ];

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            var random = new FuzzRandom(12);
            for (var i = 0; i < 40; i++)
                yield return Generate(random);
            foreach (var file in CorpusSeeds.Files)
                yield return Write([file.Dataset]);
        }
    }

    public override byte[] Generate(FuzzRandom random) => Write([.. Enumerable.Range(0, random.Between(1, 3)).Select(_ => DatasetGenerator.Any(random, isEncapsulated: false))]);

    public override void Run(ReadOnlyMemory<byte> input, FuzzRandom random, FeatureMap features)
    {
        var whole = Try(() => DicomJsonReader.ReadDatasets(input.Span, Options), out var refusal);
        var pieces = Try(() => ReadPieces(new PieceStream(input, random)), out var otherRefusal);
        FuzzException.Unless(
            (whole is null) == (pieces is null), $"From memory: {refusal?.Message ?? "read"}. From a stream: {otherRefusal?.Message ?? "read"}.");
        if (whole is null)
        {
            features.NoteRefusal(refusal!);
            return;
        }

        foreach (var dataset in whole)
            DatasetChecks.ReadEveryValue(dataset, features);
        var written = Write(whole);
        FuzzException.Unless(written.AsSpan().SequenceEqual(Write(pieces!)), "From memory and from a stream different data sets were read.");
        var again = Write(DicomJsonReader.ReadDatasets(written));
        FuzzException.Unless(again.AsSpan().SequenceEqual(written), "What was written and read is written differently.");
    }

    private static List<DicomDataset> ReadPieces(Stream stream) => DicomJsonReader.ReadDatasetsAsync(stream, Options).ToListAsync().AsTask().GetAwaiter().GetResult();

    private static byte[] Write(IEnumerable<DicomDataset> datasets)
    {
        using var stream = new MemoryStream();
        DicomJsonWriter.WriteDatasetsAsync(stream, datasets).GetAwaiter().GetResult();
        return stream.ToArray();
    }

    private static IReadOnlyList<DicomDataset>? Try(Func<IReadOnlyList<DicomDataset>> read, out DicomDataException? refusal)
    {
        refusal = null;
        try
        {
            return read();
        }
        catch (DicomDataException exception)
        {
            refusal = exception;
            return null;
        }
    }
}
