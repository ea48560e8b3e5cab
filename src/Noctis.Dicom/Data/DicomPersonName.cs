namespace Noctis.Dicom.Data;

/// <summary>A person name (PS3.5 6.2.1).</summary>
public sealed record DicomPersonName(DicomPersonNameGroup Alphabetic, DicomPersonNameGroup Ideographic, DicomPersonNameGroup Phonetic)
{
    /// <summary>Reads one value of a PN.</summary>
    public static DicomPersonName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var groups = text.Split('=', 3);
        return new DicomPersonName(
            DicomPersonNameGroup.Parse(groups[0]),
            DicomPersonNameGroup.Parse(groups.Length > 1 ? groups[1] : ""),
            DicomPersonNameGroup.Parse(groups.Length > 2 ? groups[2] : ""));
    }

    /// <summary>For a reader: "Müller, Anna".</summary>
    public string ToDisplayString() => Ideographic.IsEmpty ? Alphabetic.ToDisplayString() : Ideographic.ToDisplayString();
}
