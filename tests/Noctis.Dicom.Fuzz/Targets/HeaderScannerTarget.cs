using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Fuzz.Engine;
using Noctis.Dicom.Fuzz.Seeds;

namespace Noctis.Dicom.Fuzz.Targets;

/// <summary>
/// The header of a data set that passes by in pieces. Checked to its end it is refused when the reader refuses it; the header is what the
/// reader reads of it; what is held stays under the limit.
/// </summary>
public sealed class HeaderScannerTarget : FuzzTarget
{
    private static readonly DicomTransferSyntax[] Syntaxes =
    [
        DicomTransferSyntax.ImplicitVRLittleEndian, DicomTransferSyntax.ExplicitVRLittleEndian, DicomTransferSyntax.ExplicitVRBigEndian,
        DicomTransferSyntax.RLELossless,
    ];

    // What lies beyond the stop tag is counted over, items and all, and so is not refused for everything that the reader refuses: the tag
    // is the last there can be.
    private static readonly DicomHeaderScannerOptions Everything = new() { IsWanted = _ => true, StopBefore = new DicomTag(uint.MaxValue), CheckToEnd = true };

    private bool _metStop;

    public override string Name => "header-scanner";

    public override int MaxLength => 2048;

    public override int Cost => 4;

    public override IReadOnlyList<byte[]> Tokens { get; } =
        [.. DatasetChecks.Tokens(DicomTransferSyntax.ExplicitVRLittleEndian), .. DatasetChecks.Tokens(DicomTransferSyntax.ExplicitVRBigEndian)];

    /// <summary>The first byte says which syntax it is.</summary>
    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            var random = new FuzzRandom(5);
            for (var i = 0; i < 40; i++)
                yield return Generate(random);
            for (var i = 0; i < Syntaxes.Length; i++)
            {
                foreach (var dataset in CorpusSeeds.Datasets(Syntaxes[i]))
                    yield return [(byte)i, .. dataset];
            }
        }
    }

    public override byte[] Generate(FuzzRandom random)
    {
        var which = random.Below(Syntaxes.Length);
        var syntax = Syntaxes[which];
        return [(byte)which, .. DatasetGenerator.Encode(
            DatasetGenerator.Any(random, syntax.IsEncapsulated), syntax, new DicomWriteOptions { UndefinedSequenceLengths = random.OneIn(2) })];
    }

    public override void Run(ReadOnlyMemory<byte> input, FuzzRandom random, FeatureMap features)
    {
        if (input.IsEmpty)
            return;
        var syntax = Syntaxes[input.Span[0] % Syntaxes.Length];
        var data = input[1..];
        features.Note(2, input.Span[0] % Syntaxes.Length);

        var plain = Scan(data, syntax, DicomHeaderScannerOptions.Default, random, features, out _);
        features.NoteMagnitude(3, plain?.Count ?? -1);

        var scanned = Scan(data, syntax, Everything, random, features, out var refusal);
        if (_metStop)
            return;
        DicomDataset? read = null;
        try
        {
            read = DicomReader.ReadDataset(data, syntax);
        }
        catch (DicomDataException exception)
        {
            features.NoteRefusal(exception);
        }

        FuzzException.Unless((scanned is null) == (read is null), $"The scanner: {refusal?.Message ?? "read"}. The reader: {(read is null ? "refused" : "read")}.");
        if (scanned is null)
            return;
        DatasetChecks.ReadEveryValue(scanned, features);
        foreach (var element in scanned)
        {
            FuzzException.Unless(
                read!.TryGetElement(element.Tag, out var same) && same.VR == element.VR && same.GetType() == element.GetType(),
                $"{element} was scanned, and read as {same}.");
            FuzzException.Unless(
                element is not DicomValueElement value || value.Value.Span.SequenceEqual(((DicomValueElement)same!).Value.Span), $"{element} was scanned and read differently.");
        }
    }

    private DicomDataset? Scan(
        ReadOnlyMemory<byte> data, DicomTransferSyntax syntax, DicomHeaderScannerOptions options, FuzzRandom random, FeatureMap features, out DicomDataException? refusal)
    {
        refusal = null;
        _metStop = false;
        using var scanner = new DicomHeaderScanner(syntax, options);
        try
        {
            var isComplete = false;
            for (var at = 0; at < data.Length;)
            {
                var count = Segments.Next(data.Length - at, random);
                scanner.Push(data.Span.Slice(at, count));
                at += count;
                FuzzException.Unless(!isComplete || scanner.IsComplete, "A header that was complete is not any more.");
                isComplete = scanner.IsComplete;
            }

            _metStop = isComplete;
            scanner.Finish();
            FuzzException.Unless(scanner.IsComplete, "The data set is finished and the header not complete.");
            features.Note(4, scanner.HasOmittedValues ? 1 : 0);
            return scanner.Header;
        }
        catch (DicomDataException exception)
        {
            features.NoteRefusal(exception);
            refusal = exception;
            return null;
        }
    }
}
