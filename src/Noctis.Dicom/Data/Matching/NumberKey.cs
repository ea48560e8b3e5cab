namespace Noctis.Dicom.Data.Matching;

/// <summary>A number, compared by what it is, not by how it is written: "+7" and "007" match 7 (PS3.4 C.2.2.2.1, for IS and DS).</summary>
public sealed record NumberKey : MatchingKey
{
    internal NumberKey(DicomTag tag, DicomVR vr, double value, Int128? whole) : base(tag, vr)
    {
        Value = value;
        Whole = whole;
    }

    /// <summary>The number.</summary>
    public double Value { get; }

    /// <summary>The number where it is whole: exact also beyond what <see cref="Value"/> can tell apart.</summary>
    public Int128? Whole { get; }

    private protected override bool MatchesValue(DicomDataset candidate, DicomTag tag)
    {
        if (!candidate.TryGetElement(tag, out var element) || element is not DicomValueElement value)
            return false;
        var vr = DicomValueReader.EffectiveVR(value, candidate);
        var count = vr.IsText ? candidate.GetStrings(tag).Count : DicomValueReader.Count(value, vr);
        for (var i = 0; i < count; i++)
        {
            if (Whole is { } whole && DicomValueReader.Integer(value, candidate, i) is { } integer)
            {
                if (integer == whole)
                    return true;
            }
            else if (DicomValueReader.Number(value, candidate, i) == Value)
            {
                return true;
            }
        }

        return false;
    }
}
