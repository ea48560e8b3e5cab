namespace Noctis.Dicom.Data.Matching;

/// <summary>Attributes that are missing or have no value match: Empty Value Matching, a key of two quotation marks (PS3.4 C.2.2.2).</summary>
public sealed record EmptyValueKey : MatchingKey
{
    internal EmptyValueKey(DicomTag tag, DicomVR vr) : base(tag, vr)
    {
    }

    private protected override bool MatchesValue(DicomDataset candidate, DicomTag tag) => IsUnknown(candidate, tag);
}
