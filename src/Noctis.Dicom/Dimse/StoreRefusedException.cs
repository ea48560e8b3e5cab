namespace Noctis.Dicom.Dimse;

/// <summary>An object is refused while it arrives; carries the answer. Its message is the error comment.</summary>
/// <param name="status">The status to answer: a failure.</param>
/// <param name="errorComment">Why, for the engineer of the sender. No patient data.</param>
public sealed class StoreRefusedException(DicomStatus status, string errorComment) : Exception(errorComment)
{
    /// <summary>The status to answer.</summary>
    public DicomStatus Status { get; } = status;
}
