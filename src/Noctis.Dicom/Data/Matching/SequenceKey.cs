namespace Noctis.Dicom.Data.Matching;

/// <summary>
/// Keys of an item (PS3.4 C.2.2.2.6): a sequence matches when one of its items matches all of them. Where all of them are
/// universal, a data set without the sequence matches too.
/// </summary>
public sealed record SequenceKey : MatchingKey
{
    internal SequenceKey(DicomTag tag, IReadOnlyList<MatchingKey> keys) : base(tag, DicomVR.SQ)
    {
        Keys = keys;
        IsUniversal = keys.All(k => k.IsUniversal);
    }

    /// <summary>The keys of the item; at least one.</summary>
    public IReadOnlyList<MatchingKey> Keys { get; }

    /// <inheritdoc/>
    public override bool IsUniversal { get; }

    /// <summary>Whether an item matches all keys.</summary>
    public bool MatchesItem(DicomDataset item)
    {
        foreach (var key in Keys)
        {
            if (!key.Matches(item))
                return false;
        }

        return true;
    }

    private protected override bool MatchesValue(DicomDataset candidate, DicomTag tag) =>
        IsUniversal || (candidate.GetSequence(tag) is { } sequence && sequence.Items.Any(MatchesItem));
}
