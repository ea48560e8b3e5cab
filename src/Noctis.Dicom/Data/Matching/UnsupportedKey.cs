namespace Noctis.Dicom.Data.Matching;

/// <summary>
/// A key with a value that cannot be matched: bulk data, or an attribute that no dictionary knows in a representation that
/// does not tell. As PS3.4 C.2.2.1.3 has it for optional keys, everything matches, and the answer's status FF01 says so.
/// </summary>
public sealed record UnsupportedKey : MatchingKey
{
    internal UnsupportedKey(DicomTag tag, DicomVR vr) : base(tag, vr)
    {
    }

    /// <inheritdoc/>
    public override bool IsUniversal => true;

    private protected override bool MatchesValue(DicomDataset candidate, DicomTag tag) => true;
}
