namespace Noctis.Dicom.Data.Matching;

/// <summary>
/// A person name (PS3.4 C.2.2.2.1.1, C.2.2.2.4, where matching of PN is left to the archive). A key without "=" matches a
/// name when one of its component groups matches; a key with "=" when each group it gives matches the group at that place.
/// Empty components at the end do not count, on either side: "Doe^*" matches "Doe", as it matches "Doe^".
/// </summary>
/// <remarks>
/// Each list holds alternatives for one group, of which one must match; an empty list asks nothing of its group. To compare
/// by SQL, keep the three groups of <see cref="TextFolding.FoldName"/> in columns of their own.
/// </remarks>
public sealed record PersonNameKey : MatchingKey
{
    internal PersonNameKey(DicomTag tag, MatchingFolding folding, IReadOnlyList<TextPattern>[] groups, bool isAnyGroup) : base(tag, DicomVR.PN)
    {
        Folding = folding;
        AnyGroup = isAnyGroup ? groups[0] : [];
        Alphabetic = isAnyGroup ? [] : groups[0];
        Ideographic = groups.Length > 1 ? groups[1] : [];
        Phonetic = groups.Length > 2 ? groups[2] : [];
    }

    /// <summary>How names are to be folded before they are compared.</summary>
    public MatchingFolding Folding { get; }

    /// <summary>Of a key without "=": what any one of the three groups must match. The other three lists are empty then.</summary>
    public IReadOnlyList<TextPattern> AnyGroup { get; }

    /// <summary>What the first group must match.</summary>
    public IReadOnlyList<TextPattern> Alphabetic { get; }

    /// <summary>What the second group must match.</summary>
    public IReadOnlyList<TextPattern> Ideographic { get; }

    /// <summary>What the third group must match.</summary>
    public IReadOnlyList<TextPattern> Phonetic { get; }

    private protected override bool MatchesValue(DicomDataset candidate, DicomTag tag)
    {
        foreach (var value in candidate.GetStrings(tag))
        {
            if (value.Length > 0 && MatchesName(value))
                return true;
        }

        return false;
    }

    private bool MatchesName(string name)
    {
        var (alphabetic, ideographic, phonetic) = TextFolding.FoldName(name, Folding);
        if (AnyGroup.Count > 0)
            return IsOneOf(AnyGroup, alphabetic) || IsOneOf(AnyGroup, ideographic) || IsOneOf(AnyGroup, phonetic);
        return IsAllowed(Alphabetic, alphabetic) && IsAllowed(Ideographic, ideographic) && IsAllowed(Phonetic, phonetic);
    }

    private static bool IsAllowed(IReadOnlyList<TextPattern> alternatives, string group) =>
        alternatives.Count == 0 || IsOneOf(alternatives, group);

    private static bool IsOneOf(IReadOnlyList<TextPattern> alternatives, string group)
    {
        foreach (var alternative in alternatives)
        {
            if (group.Length > 0 && alternative.MatchesFolded(group))
                return true;
        }

        return false;
    }
}
