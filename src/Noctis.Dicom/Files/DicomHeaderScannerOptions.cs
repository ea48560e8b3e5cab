using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files;

/// <summary>What a <see cref="DicomHeaderScanner"/> keeps, and what that may take.</summary>
/// <remarks>Immutable; safe on any thread.</remarks>
public sealed record DicomHeaderScannerOptions
{
    /// <summary>The options used where none are given.</summary>
    public static DicomHeaderScannerOptions Default { get; } = new();

    /// <summary>
    /// Which top-level elements to keep; null: all but sequences. A sequence that is wanted is kept whole. Specific Character
    /// Set and Pixel Representation are always kept, since the others cannot be understood without them.
    /// </summary>
    public Func<DicomTag, bool>? IsWanted { get; init; }

    /// <summary>The first top-level element that has this tag or a greater one ends the header. The default is group 7FE0: pixel data.</summary>
    public DicomTag StopBefore { get; init; } = new(0x7FE0, 0x0000);

    /// <summary>
    /// Whether to go on past the header to the end of the data set, keeping nothing, so that <see cref="DicomHeaderScanner.Finish"/>
    /// finds one that was cut short. Costs next to nothing, except in deflated data sets, which are inflated whole.
    /// </summary>
    public bool CheckToEnd { get; init; }

    /// <summary>
    /// Bytes of one wanted value; a longer one is left out and <see cref="DicomHeaderScanner.HasOmittedValues"/> is set. 64 KB:
    /// nothing that is looked for by is near it, while vendors' private values go to megabytes.
    /// </summary>
    public int MaxValueLength { get; init; } = 64 * 1024;

    /// <summary>Bytes of all that is kept. Past it, <see cref="DicomDataException"/>. 4 MB, so that 200 associations stay under 1 GB.</summary>
    public long MaxHeldBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>As <see cref="DicomReadOptions.FallbackCharacterSet"/>.</summary>
    public DicomCharacterSet? FallbackCharacterSet { get; init; }

    /// <summary>Sequences within sequences, kept or not.</summary>
    public int MaxDepth { get; init; } = DicomReadOptions.Default.MaxDepth;

    /// <summary>Elements, items, fragments and delimiters that are looked at.</summary>
    public int MaxElementCount { get; init; } = DicomReadOptions.Default.MaxElementCount;

    /// <summary>Bytes that a deflated data set may inflate to before the header ends, or with <see cref="CheckToEnd"/> as a whole.</summary>
    public long MaxInflatedBytes { get; init; } = DicomReadOptions.Default.MaxInflatedBytes;
}
