using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Services;

/// <summary>How a C-STORE ended.</summary>
/// <param name="Status">The status to answer.</param>
/// <param name="ErrorComment">Why, for the engineer of the sender; null when there is nothing to say. At most 64 characters are sent. No patient data.</param>
/// <param name="OffendingElements">The elements at fault, (0000,0901); null for none.</param>
public readonly record struct CStoreResult(DicomStatus Status, string? ErrorComment = null, IReadOnlyList<DicomTag>? OffendingElements = null)
{
    /// <summary>The object is stored.</summary>
    public static CStoreResult Success => new(DicomStatus.Success);
}
