using System.Buffers.Binary;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Fuzz.Engine;
using Noctis.Dicom.Fuzz.Seeds;

namespace Noctis.Dicom.Fuzz.Targets;

/// <summary>
/// Part 10 files: head, meta group, and a data set whose encoding may have to be guessed. From a stream that can seek and from one that
/// cannot the same is read; what was read is written as a file that is read and written as the same again.
/// </summary>
public sealed class FileTarget : FuzzTarget
{
    private const int HeadLength = 132;

    private static readonly DicomReadOptions Options = new() { MaxInflatedBytes = 256 * 1024 };

    private static readonly DicomTransferSyntax[] Syntaxes =
    [
        DicomTransferSyntax.ImplicitVRLittleEndian, DicomTransferSyntax.ExplicitVRLittleEndian, DicomTransferSyntax.ExplicitVRBigEndian,
        DicomTransferSyntax.DeflatedExplicitVRLittleEndian, DicomTransferSyntax.RLELossless,
    ];

    public override string Name => "file";

    public override int MaxLength => 2048;

    public override int Cost => 10;

    public override IReadOnlyList<byte[]> Tokens { get; } =
    [
        .. DatasetChecks.Tokens(DicomTransferSyntax.ExplicitVRLittleEndian), "DICM"u8.ToArray(),
        .. Syntaxes.Select(syntax => System.Text.Encoding.ASCII.GetBytes(syntax.UID.Value)),
        [2, 0, 0x10, 0, (byte)'U', (byte)'I', 18, 0], [2, 0, 0, 0, (byte)'U', (byte)'L', 4, 0, 0, 0, 0, 0],
    ];

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            var random = new FuzzRandom(6);
            for (var i = 0; i < 40; i++)
                yield return Generate(random);
            foreach (var file in CorpusSeeds.Files)
                yield return Save(file);
            foreach (var file in CorpusSeeds.Malformed(MaxLength))
                yield return file;
        }
    }

    /// <summary>As of <see cref="DatasetTarget"/>: what is read may be deflated.</summary>
    public override long AllowedAllocation(int inputLength) => 600L * 1024 * 1024;

    public override byte[] Generate(FuzzRandom random)
    {
        var syntax = random.Of(Syntaxes);
        var bytes = Save(new DicomFile(DatasetGenerator.Any(random, syntax.IsEncapsulated), syntax));
        return random.Below(6) switch
        {
            0 => bytes[HeadLength..],
            1 => bytes[128..],
            2 => DatasetGenerator.Encode(DatasetGenerator.Any(random, isEncapsulated: false), random.Of(Syntaxes[..3])),
            _ => bytes,
        };
    }

    /// <summary>The prefix stands where it should, and the group length says what follows it, as far as that can be known.</summary>
    public override void Repair(Span<byte> input)
    {
        if (input.Length < HeadLength + 12 || !input[..128].ContainsAnyExcept((byte)0))
            return;
        "DICM"u8.CopyTo(input[128..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(input[HeadLength..]) == 2)
            input[HeadLength + 9] = input[HeadLength + 10] = input[HeadLength + 11] = 0;
    }

    public override void Run(ReadOnlyMemory<byte> input, FuzzRandom random, FeatureMap features)
    {
        var bytes = input.ToArray();
        var whole = Try(() => DicomFile.Open(new MemoryStream(bytes, writable: false), Options), out var refusal);
        var pieces = Try(() => DicomFile.Open(new PieceStream(input, random), Options), out var otherRefusal);
        FuzzException.Unless(
            (whole is null) == (pieces is null), $"Seekable: {refusal?.Message ?? "read"}. Not seekable: {otherRefusal?.Message ?? "read"}.");
        if (whole is null)
        {
            features.NoteRefusal(refusal!);
            features.NoteRefusal(otherRefusal!);
            return;
        }

        features.Note(2, (long)FuzzRandom.SeedOf(System.Text.Encoding.ASCII.GetBytes(whole.TransferSyntax.UID.Value)));
        features.NoteMagnitude(3, whole.FileMeta.Count);
        DatasetChecks.ReadEveryValue(whole.Dataset, features);
        DatasetChecks.ReadEveryValue(whole.FileMeta, features);
        FuzzException.Unless(whole.TransferSyntax == pieces!.TransferSyntax, $"Seekable: {whole.TransferSyntax}. Not seekable: {pieces.TransferSyntax}.");
        var written = TrySave(whole, features);
        var fromPieces = TrySave(pieces, features);
        FuzzException.Unless((written is null) == (fromPieces is null), "Only one of two readings can be written.");
        if (written is null)
            return;
        FuzzException.Unless(written.AsSpan().SequenceEqual(fromPieces), "Seekable and not, different files were read.");

        // A first element that nobody knows can look better in another byte order, whatever the meta group says: see EncodingSniffer.
        if (whole.Dataset.FirstOrDefault() is { } first && DicomDictionary.GetVRs(first.Tag).Count == 0)
            return;
        var again = DicomFile.Open(new MemoryStream(written), Options);
        FuzzException.Unless(again.TransferSyntax == whole.TransferSyntax, $"{whole.TransferSyntax} was written and {again.TransferSyntax} read.");
        FuzzException.Unless(TrySave(again, features) is { } second && second.AsSpan().SequenceEqual(written), "What was written and read is written differently.");
    }

    private static byte[] Save(DicomFile file)
    {
        using var stream = new MemoryStream();
        file.Save(stream);
        return stream.ToArray();
    }

    private static byte[]? TrySave(DicomFile file, FeatureMap features)
    {
        try
        {
            return Save(file);
        }
        catch (DicomDataException exception)
        {
            features.NoteRefusal(exception);
            return null;
        }
    }

    private static DicomFile? Try(Func<DicomFile> open, out DicomDataException? refusal)
    {
        refusal = null;
        try
        {
            return open();
        }
        catch (DicomDataException exception)
        {
            refusal = exception;
            return null;
        }
    }
}
