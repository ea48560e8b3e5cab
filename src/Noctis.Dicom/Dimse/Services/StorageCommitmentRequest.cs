namespace Noctis.Dicom.Dimse.Services;

/// <summary>A request to keep objects: the action information of an N-ACTION (PS3.4 J.3.2, Table J.3-1). Immutable.</summary>
/// <param name="TransactionUID">Transaction UID (0008,1195): the requestor's name for it, which the result bears too.</param>
/// <param name="References">The objects, one at least.</param>
public sealed record StorageCommitmentRequest(string TransactionUID, IReadOnlyList<StorageCommitmentReference> References);
