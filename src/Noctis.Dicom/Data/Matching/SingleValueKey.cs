namespace Noctis.Dicom.Data.Matching;

/// <summary>Text that a value must be equal to (PS3.4 C.2.2.2.1). For AT, the tag as "(gggg,eeee)".</summary>
public sealed record SingleValueKey : MatchingKey
{
    internal SingleValueKey(DicomTag tag, DicomVR vr, string value, MatchingFolding folding) : base(tag, vr)
    {
        Value = TextFolding.Fold(value, folding);
        Folding = folding;
    }

    /// <summary>The text, folded; without padding, never empty.</summary>
    public string Value { get; }

    /// <summary>How values are to be folded before they are compared.</summary>
    public MatchingFolding Folding { get; }

    private protected override bool MatchesValue(DicomDataset candidate, DicomTag tag)
    {
        foreach (var value in candidate.GetStrings(tag))
        {
            if (TextFolding.Fold(value, Folding) == Value)
                return true;
        }

        return false;
    }
}
