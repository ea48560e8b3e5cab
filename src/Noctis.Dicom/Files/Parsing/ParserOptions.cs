using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Parsing;

/// <summary>What a <see cref="DicomParser"/> keeps and where it stops.</summary>
internal sealed record ParserOptions
{
    public required ParserLimits Limits { get; init; }

    /// <summary>What <see cref="DicomDataset.FallbackCharacterSet"/> of the root becomes.</summary>
    public DicomCharacterSet? FallbackCharacterSet { get; init; }

    /// <summary>The first root element at or after this tag ends the parse; null: none does.</summary>
    public DicomTag? StopBefore { get; init; }

    /// <summary>Go on past <see cref="StopBefore"/> without keeping anything, so that a data set cut short is noticed.</summary>
    public bool ScanToEnd { get; init; }

    /// <summary>Whether to keep a root element; the second argument says whether it is a sequence. Null: all.</summary>
    public Func<DicomTag, bool, bool>? Keep { get; init; }

    /// <summary>Root values longer than this are left out, and <see cref="DicomParser.HasOmittedValues"/> is set.</summary>
    public long OmitAbove { get; init; } = long.MaxValue;

    /// <summary>Root values longer than this stay where they are; needs <see cref="OpenSource"/>.</summary>
    public long DeferAbove { get; init; } = long.MaxValue;

    /// <summary>Opens the source again for a value that was left there.</summary>
    public Func<Stream>? OpenSource { get; init; }

    /// <summary>Told of each item of a root sequence: the sequence's tag, where the item begins, and what it is read into.</summary>
    public Action<DicomTag, long, DicomDataset>? ItemBegun { get; init; }

    /// <summary>Position of the first byte pushed, counted from the start of the source.</summary>
    public long Start { get; init; }

    /// <summary>Position after the source's last byte, when known: longer lengths are then refused at once.</summary>
    public long? End { get; init; }
}
