namespace Noctis.Dicom.Data;

/// <summary>What to do with a character that the declared character sets do not have.</summary>
public enum DicomUnencodable
{
    /// <summary>Throw a <see cref="DicomDataException"/>.</summary>
    Fail,

    /// <summary>Write a question mark in its place.</summary>
    Replace,
}
