namespace Noctis.Dicom.Data.Matching;

/// <summary>A key without a value, of "*" alone, or a sequence without keys: everything matches, and the attribute is returned (PS3.4 C.2.2.2.3).</summary>
public sealed record UniversalKey : MatchingKey
{
    internal UniversalKey(DicomTag tag, DicomVR vr) : base(tag, vr)
    {
    }

    /// <inheritdoc/>
    public override bool IsUniversal => true;

    private protected override bool MatchesValue(DicomDataset candidate, DicomTag tag) => true;
}
