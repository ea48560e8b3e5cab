namespace Noctis.Dicom.Dimse.Services;

/// <summary>An object that is not kept.</summary>
/// <param name="Reference">The object.</param>
/// <param name="FailureReason">
/// Failure Reason (0008,1197) (PS3.3 C.14.1.1): 0110H processing failure, 0112H no such object instance, 0213H resource limitation,
/// 0122H referenced SOP class not supported, 0119H class-instance conflict, 0131H duplicate transaction UID.
/// </param>
public sealed record StorageCommitmentFailure(StorageCommitmentReference Reference, ushort FailureReason);
