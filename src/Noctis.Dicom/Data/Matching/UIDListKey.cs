using System.Collections.Frozen;

namespace Noctis.Dicom.Data.Matching;

/// <summary>One UID or several, of which any may match (PS3.4 C.2.2.2.2).</summary>
public sealed record UIDListKey : MatchingKey
{
    private readonly FrozenSet<string> _set;

    internal UIDListKey(DicomTag tag, IReadOnlyList<string> values) : base(tag, DicomVR.UI)
    {
        _set = values.ToFrozenSet(StringComparer.Ordinal);
        Values = [.. values.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The UIDs, each once, in the order given; at least one.</summary>
    public IReadOnlyList<string> Values { get; }

    private protected override bool MatchesValue(DicomDataset candidate, DicomTag tag)
    {
        foreach (var value in candidate.GetStrings(tag))
        {
            if (_set.Contains(value))
                return true;
        }

        return false;
    }
}
