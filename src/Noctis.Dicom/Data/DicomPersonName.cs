namespace Noctis.Dicom.Data;

/// <summary>A person name: up to three component groups, parted by "=" (PS3.5 6.2.1).</summary>
/// <param name="Alphabetic">Latin or other single-byte characters.</param>
/// <param name="Ideographic">Ideographs: 山田^太郎, 洪^吉洞.</param>
/// <param name="Phonetic">How it is spoken: やまだ^たろう, 홍^길동.</param>
/// <remarks>Equal when all components are. Immutable; safe on any thread.</remarks>
public sealed record DicomPersonName(DicomPersonNameGroup Alphabetic, DicomPersonNameGroup Ideographic, DicomPersonNameGroup Phonetic)
{
    /// <summary>Makes a name with an alphabetic group alone.</summary>
    public DicomPersonName(string family, string given = "", string middle = "", string prefix = "", string suffix = "")
        : this(new DicomPersonNameGroup(family, given, middle, prefix, suffix), DicomPersonNameGroup.Empty, DicomPersonNameGroup.Empty)
    {
    }

    /// <summary>Whether every component of every group is empty.</summary>
    public bool IsEmpty => Alphabetic.IsEmpty && Ideographic.IsEmpty && Phonetic.IsEmpty;

    /// <summary>
    /// Reads one value of a PN. Never fails: groups after the third are left out, components after the fifth stay with the
    /// suffix, spaces around components do not count.
    /// </summary>
    public static DicomPersonName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var groups = text.Split('=');
        return new DicomPersonName(At(0), At(1), At(2));

        DicomPersonNameGroup At(int i) => i < groups.Length ? DicomPersonNameGroup.Parse(groups[i]) : DicomPersonNameGroup.Empty;
    }

    /// <summary>For a reader: "Müller, Anna", "Adams, Rev. John Quincy, B.A. M.Div.", "山田 太郎 (Yamada, Tarou)".</summary>
    public string ToDisplayString(DicomPersonNameStyle style = DicomPersonNameStyle.Alphabetic)
    {
        if (style == DicomPersonNameStyle.Ideographic && !Ideographic.IsEmpty)
        {
            var name = Ideographic.ToDisplayString();
            return Alphabetic.IsEmpty ? name : $"{name} ({Alphabetic.ToDisplayString()})";
        }

        var first = !Alphabetic.IsEmpty ? Alphabetic : !Ideographic.IsEmpty ? Ideographic : Phonetic;
        return first.ToDisplayString();
    }

    /// <summary>The form of the standard, empty components and groups at the end left out: "Yamada^Tarou=山田^太郎".</summary>
    public override string ToString() => $"{Alphabetic}={Ideographic}={Phonetic}".TrimEnd('=');
}
