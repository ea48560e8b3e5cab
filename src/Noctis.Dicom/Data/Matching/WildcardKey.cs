namespace Noctis.Dicom.Data.Matching;

/// <summary>Text with wildcards (PS3.4 C.2.2.2.4): AE, CS, LO, LT, SH, ST, UC, UR, UT.</summary>
public sealed record WildcardKey : MatchingKey
{
    internal WildcardKey(DicomTag tag, DicomVR vr, TextPattern pattern) : base(tag, vr) => Pattern = pattern;

    /// <summary>What a value must match.</summary>
    public TextPattern Pattern { get; }

    private protected override bool MatchesValue(DicomDataset candidate, DicomTag tag)
    {
        foreach (var value in candidate.GetStrings(tag))
        {
            if (Pattern.Matches(value))
                return true;
        }

        return false;
    }
}
