using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Parsing;

namespace Noctis.Dicom.Files;

/// <summary>How much of a data set is read, and what it may take. Going past a limit is a <see cref="DicomDataException"/>.</summary>
/// <remarks>Immutable; safe on any thread.</remarks>
public sealed record DicomReadOptions
{
    /// <summary>The options used where none are given.</summary>
    public static DicomReadOptions Default { get; } = new();

    /// <summary>The default options, without pixel data.</summary>
    public static DicomReadOptions WithoutPixelData { get; } = new() { StopBeforePixelData = true };

    /// <summary>Whether to stop at group 7FE0: pixel data of any kind and what follows it. What lies beyond is not looked at.</summary>
    public bool StopBeforePixelData { get; init; }

    /// <summary>Stop at the first top-level element that has this tag or a greater one; null: read to the end.</summary>
    public DicomTag? StopBefore { get; init; }

    /// <summary>
    /// Leave top-level values longer than this in the file, as <see cref="DicomDeferredElement"/>; null: never. Only for
    /// files opened by path, and not for deflated ones.
    /// </summary>
    public long? DeferValuesAbove { get; init; }

    /// <summary>Sequences within sequences. 64: twice what the deepest templates of structured reports reach in practice.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Elements, items and delimiters, nested ones included. 1 000 000: an enhanced object of some 30 000 frames.</summary>
    public int MaxElementCount { get; init; } = 1_000_000;

    /// <summary>Bytes of one value that is held in memory. The default is the longest array there can be.</summary>
    public long MaxElementLength { get; init; } = Array.MaxLength;

    /// <summary>Bytes of all values held in memory, with a share for the objects around them. 2 GB; defer values of greater files.</summary>
    public long MaxHeldBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Bytes that a deflated data set may inflate to. 256 MB: DEFLATE packs up to 1 : 1032, so a small file can hide a big one.</summary>
    public long MaxInflatedBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>
    /// How text is read where the data set declares no Specific Character Set: see
    /// <see cref="DicomDataset.FallbackCharacterSet"/>. Null: <see cref="DicomCharacterSet.Undeclared"/>.
    /// </summary>
    public DicomCharacterSet? FallbackCharacterSet { get; init; }

    internal ParserOptions ToParserOptions(long start, long? end, Func<Stream>? open) => new()
    {
        Limits = new ParserLimits(MaxDepth, MaxElementCount, Math.Min(MaxElementLength, Array.MaxLength), MaxHeldBytes),
        FallbackCharacterSet = FallbackCharacterSet,
        StopBefore = EffectiveStop(),
        DeferAbove = open is null ? long.MaxValue : DeferValuesAbove ?? long.MaxValue,
        OpenSource = open,
        Start = start,
        End = end,
    };

    private DicomTag? EffectiveStop()
    {
        var pixelData = new DicomTag(0x7FE0, 0x0000);
        return StopBeforePixelData && (StopBefore is not { } stop || stop > pixelData) ? pixelData : StopBefore;
    }
}
