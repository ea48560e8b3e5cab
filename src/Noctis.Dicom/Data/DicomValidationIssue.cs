namespace Noctis.Dicom.Data;

/// <summary>One rule of the standard that a data set breaks.</summary>
/// <param name="Path">Where: "(0010,0030)", or "(0008,1140)[0].(0008,1150)" within items, counted from 0.</param>
/// <param name="Tag">The element.</param>
/// <param name="Message">Keyword, which value, and the rule with its clause; never the value, which may be a patient's.</param>
public sealed record DicomValidationIssue(string Path, DicomTag Tag, string Message)
{
    /// <summary>Path and message.</summary>
    public override string ToString() => $"{Path} {Message}";
}
