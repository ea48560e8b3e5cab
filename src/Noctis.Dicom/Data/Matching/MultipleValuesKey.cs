namespace Noctis.Dicom.Data.Matching;

/// <summary>A key of several values, each a key of its own.</summary>
public sealed record MultipleValuesKey : MatchingKey
{
    internal MultipleValuesKey(DicomTag tag, DicomVR vr, IReadOnlyList<MatchingKey> values, bool requiresAll) : base(tag, vr)
    {
        Values = values;
        RequiresAll = requiresAll;
    }

    /// <summary>What the values match; at least two, none of them universal.</summary>
    public IReadOnlyList<MatchingKey> Values { get; }

    /// <summary>Whether all must match; else any one: see <see cref="MultipleValueMatching"/>.</summary>
    public bool RequiresAll { get; }

    private protected override bool MatchesValue(DicomDataset candidate, DicomTag tag)
    {
        foreach (var value in Values)
        {
            if (value.Matches(candidate) != RequiresAll)
                return !RequiresAll;
        }

        return RequiresAll;
    }
}
