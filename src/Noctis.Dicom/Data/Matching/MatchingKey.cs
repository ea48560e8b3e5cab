namespace Noctis.Dicom.Data.Matching;

/// <summary>
/// One key attribute of an identifier, understood: the attribute and what it is to match. The kinds are a closed set, for
/// code that translates them: <see cref="UniversalKey"/>, <see cref="UnsupportedKey"/>, <see cref="EmptyValueKey"/>,
/// <see cref="SingleValueKey"/>, <see cref="WildcardKey"/>, <see cref="PersonNameKey"/>, <see cref="NumberKey"/>,
/// <see cref="UIDListKey"/>, <see cref="DateRangeKey"/>, <see cref="TimeRangeKey"/>, <see cref="DateTimeRangeKey"/>,
/// <see cref="CombinedRangeKey"/>, <see cref="MultipleValuesKey"/>, <see cref="SequenceKey"/>.
/// </summary>
/// <remarks>Immutable; safe on any thread.</remarks>
public abstract record MatchingKey
{
    private protected MatchingKey(DicomTag tag, DicomVR vr)
    {
        Tag = tag;
        VR = vr;
    }

    /// <summary>The attribute, with the tag it has in the identifier.</summary>
    public DicomTag Tag { get; }

    /// <summary>Its representation: the dictionary's where the identifier has another one.</summary>
    public DicomVR VR { get; }

    /// <summary>Of a private attribute, whose it is: a data set may have it in another block. Null for others.</summary>
    public string? PrivateCreator { get; internal init; }

    /// <summary>Whether an attribute without a value matches too: see <see cref="MatchingOptions.UnknownMatches"/>.</summary>
    public bool MatchesUnknown { get; internal init; }

    /// <summary>Whether everything matches, so that the key only asks for the attribute to be returned.</summary>
    public virtual bool IsUniversal => false;

    /// <summary>Whether a data set, or an item, matches. An attribute with several values matches when any of them does (PS3.4 C.2.2.3).</summary>
    public bool Matches(DicomDataset candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        var tag = TagIn(candidate);
        return (MatchesUnknown && IsUnknown(candidate, tag)) || MatchesValue(candidate, tag);
    }

    /// <summary>Tag and kind; never the operand, which may be a patient's name.</summary>
    public sealed override string ToString() => $"{Tag} {GetType().Name}";

    /// <summary>Where a data set has the attribute.</summary>
    internal DicomTag TagIn(DicomDataset candidate) => PrivateCreator is { } creator
        ? candidate.FindPrivateTag(Tag.Group, creator, (byte)Tag.Element) ?? Tag
        : Tag;

    internal static bool IsUnknown(DicomDataset candidate, DicomTag tag)
    {
        if (!candidate.TryGetElement(tag, out var element) || element.IsEmpty)
            return true;
        return element is DicomValueElement && element.VR.IsText && candidate.GetStrings(tag).All(v => v.Length == 0);
    }

    private protected abstract bool MatchesValue(DicomDataset candidate, DicomTag tag);
}
