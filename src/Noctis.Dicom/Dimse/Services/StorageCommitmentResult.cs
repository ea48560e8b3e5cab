namespace Noctis.Dicom.Dimse.Services;

/// <summary>What became of a request to keep objects: the event information of an N-EVENT-REPORT (PS3.4 J.3.3, Table J.3-2). Immutable.</summary>
/// <param name="TransactionUID">Transaction UID (0008,1195) of the request.</param>
/// <param name="Committed">The objects that are kept.</param>
/// <param name="Failed">The objects that are not.</param>
public sealed record StorageCommitmentResult(
    string TransactionUID, IReadOnlyList<StorageCommitmentReference> Committed, IReadOnlyList<StorageCommitmentFailure> Failed)
{
    /// <summary>Every object is kept: event type 1; else 2.</summary>
    public bool IsSuccess => Failed.Count == 0;
}
