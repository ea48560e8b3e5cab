using System.Collections.Frozen;

namespace Noctis.Dicom.Data.Matching;

/// <summary>How an identifier is understood: what was negotiated, what the archive chooses, and how much it takes.</summary>
/// <remarks>Immutable; safe on any thread.</remarks>
public sealed record MatchingOptions
{
    /// <summary>Nothing negotiated; person names without case, accents and width, all other text literally.</summary>
    public static MatchingOptions Default { get; } = new();

    /// <summary>How PN is compared.</summary>
    public MatchingFolding PersonNameFolding { get; init; } = MatchingFolding.PersonNames;

    /// <summary>How other text is compared: PS3.4 C.2.2.2.1 wants it literal.</summary>
    public MatchingFolding TextFolding { get; init; } = MatchingFolding.None;

    /// <summary>Attributes that are compared in another way than their representation is.</summary>
    public IReadOnlyDictionary<DicomTag, MatchingFolding> FoldingByTag { get; init; } =
        FrozenDictionary<DicomTag, MatchingFolding>.Empty;

    /// <summary>
    /// Attributes of which an unknown value, missing or empty, matches every key, as PS3.4 C.2.2.1.2 lays down for required
    /// keys: see <see cref="DicomQueryRetrieveModel.RequiredKeys"/>. None by default: an archive that always matches them
    /// answers a search for one patient with every study that has no name.
    /// </summary>
    public IReadOnlySet<DicomTag> UnknownMatches { get; init; } = FrozenSet<DicomTag>.Empty;

    /// <summary>Whether a date range and its time range are one range, as negotiated (PS3.4 C.2.2.2.5.4).</summary>
    public bool CombinedDateTimeMatching { get; init; }

    /// <summary>
    /// Whether Timezone Offset From UTC (0008,0201) of the identifier applies to DA and TM, as negotiated (PS3.4
    /// C.2.2.2.1.3). It applies to DT always.
    /// </summary>
    public bool TimezoneQueryAdjustment { get; init; }

    /// <summary>Whether a key of two quotation marks asks for attributes without a value, as negotiated (PS3.4 C.2.2.2).</summary>
    public bool EmptyValueMatching { get; init; }

    /// <summary>What a key with several values means.</summary>
    public MultipleValueMatching MultipleValues { get; init; } = MultipleValueMatching.Any;

    /// <summary>Keys, those of items included. 512: ten times what work lists ask for.</summary>
    public int MaxKeys { get; init; } = 512;

    /// <summary>Sequences within sequences. 8: keys of work lists reach 3.</summary>
    public int MaxDepth { get; init; } = 8;

    /// <summary>UIDs in one key. 10 000: a retrieval of single instances of a large study.</summary>
    public int MaxUIDs { get; init; } = 10_000;

    /// <summary>Bytes of a key that is no list of UIDs. 1024: longer than any name or description.</summary>
    public int MaxValueLength { get; init; } = 1024;

    internal MatchingFolding FoldingOf(DicomTag tag, DicomVR vr) =>
        FoldingByTag.TryGetValue(tag, out var folding) ? folding : vr == DicomVR.PN ? PersonNameFolding : TextFolding;
}
