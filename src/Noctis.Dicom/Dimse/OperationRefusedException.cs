using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse;

/// <summary>
/// Thrown by a provider that refuses an operation: what is left of the request's data set is read and discarded, and the status
/// answered. The message is the error comment.
/// </summary>
/// <param name="status">The status to answer: a failure.</param>
/// <param name="errorComment">Why, for the engineer of the peer; at most 64 characters are sent. No patient data.</param>
/// <param name="offendingElements">The elements at fault, (0000,0901); empty to name none.</param>
public sealed class OperationRefusedException(DicomStatus status, string errorComment, params IEnumerable<DicomTag> offendingElements)
    : Exception(errorComment)
{
    /// <summary>The status to answer.</summary>
    public DicomStatus Status { get; } = status;

    /// <summary>The elements at fault.</summary>
    public IReadOnlyList<DicomTag> OffendingElements { get; } = [.. offendingElements];
}
