namespace Noctis.Dicom.Dimse.Services;

/// <summary>How a C-STORE ended.</summary>
/// <param name="Status">The status to answer.</param>
/// <param name="ErrorComment">Why, for the engineer of the sender; null when there is nothing to say. At most 64 characters are sent. No patient data.</param>
public readonly record struct CStoreResult(DicomStatus Status, string? ErrorComment = null)
{
    /// <summary>The object is stored.</summary>
    public static CStoreResult Success => new(DicomStatus.Success);
}
