using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Fuzz.Engine;
using Noctis.Dicom.Fuzz.Seeds;

namespace Noctis.Dicom.Fuzz.Targets;

/// <summary>
/// A data set in one transfer syntax. From memory and from a stream in pieces it is read as the same or refused both times; every value
/// can be asked for; what was read is written as bytes that are read as the same again.
/// </summary>
public sealed class DatasetTarget(string name, DicomTransferSyntax syntax) : FuzzTarget
{
    private static readonly DicomReadOptions Options = new() { MaxInflatedBytes = 256 * 1024 };

    public override string Name => name;

    public override int MaxLength => 2048;

    public override int Cost => 8;

    public override IReadOnlyList<byte[]> Tokens { get; } = DatasetChecks.Tokens(syntax);

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            var random = new FuzzRandom(4);
            for (var i = 0; i < 40; i++)
                yield return Generate(random);
            foreach (var dataset in CorpusSeeds.Datasets(syntax))
                yield return dataset;
        }
    }

    /// <summary>A short deflated data set inflates to a thousand times its length at most, up to the limit of the options.</summary>
    public override long AllowedAllocation(int inputLength) => syntax.IsDeflated ? 600L * 1024 * 1024 : base.AllowedAllocation(inputLength);

    public override byte[] Generate(FuzzRandom random) => DatasetGenerator.Encode(
        DatasetGenerator.Any(random, syntax.IsEncapsulated), syntax, new DicomWriteOptions { UndefinedSequenceLengths = random.OneIn(2) });

    public override void Run(ReadOnlyMemory<byte> input, FuzzRandom random, FeatureMap features)
    {
        // Values are slices of the input, which the fuzzer uses again.
        var whole = Try(() => DicomReader.ReadDataset(input, syntax, Options), out var refusal);
        var pieces = Try(() => DicomReader.ReadDataset(new PieceStream(input, random), syntax, Options), out var otherRefusal);
        FuzzException.Unless(
            (whole is null) == (pieces is null), $"From memory: {refusal?.Message ?? "read"}. From a stream: {otherRefusal?.Message ?? "read"}.");
        if (whole is null)
        {
            features.NoteRefusal(refusal!);
            features.NoteRefusal(otherRefusal!);
            return;
        }

        DatasetChecks.ReadEveryValue(whole, features);
        if (random.OneIn(4))
            features.NoteMagnitude(30, whole.Validate().Count);
        var written = Write(whole, features);
        var fromPieces = Write(pieces!, features);
        FuzzException.Unless(
            (written is null) == (fromPieces is null) && (written is null || written.AsSpan().SequenceEqual(fromPieces)),
            "From memory and from a stream different data sets were read.");
        if (written is null)
            return;
        var again = DicomReader.ReadDataset(written, syntax, Options);
        FuzzException.Unless(Write(again, features) is { } second && second.AsSpan().SequenceEqual(written), "What was written and read is written differently.");
    }

    private byte[]? Write(DicomDataset dataset, FeatureMap features)
    {
        try
        {
            return DatasetGenerator.Encode(dataset, syntax);
        }
        catch (DicomDataException exception) when (!syntax.IsEncapsulated)
        {
            // Encapsulated pixel data can be read in a syntax that has none, but not written in it.
            features.NoteRefusal(exception);
            return null;
        }
    }

    private static DicomDataset? Try(Func<DicomDataset> read, out DicomDataException? refusal)
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
