namespace Noctis.Dicom.Data;

/// <summary>One component group of a person name (PS3.5 6.2.1.1).</summary>
public sealed record DicomPersonNameGroup(string Family, string Given, string Middle, string Prefix, string Suffix)
{
    /// <summary>Whether every component is empty.</summary>
    public bool IsEmpty => Family.Length + Given.Length + Middle.Length + Prefix.Length + Suffix.Length == 0;

    /// <summary>Reads "Family^Given^Middle^Prefix^Suffix".</summary>
    public static DicomPersonNameGroup Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('^', 5);
        return new(At(0), At(1), At(2), At(3), At(4));

        string At(int i) => i < parts.Length ? parts[i].Trim() : "";
    }

    /// <summary>For a reader: "Müller, Anna".</summary>
    public string ToDisplayString() => Given.Length == 0 ? Family : Family.Length == 0 ? Given : $"{Family}, {Given}";
}
