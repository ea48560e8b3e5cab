using Noctis.Dicom.Network;

namespace Noctis.Dicom.Dimse.Services;

/// <summary>Takes over the responsibility for objects (PS3.4 annex J). Called from many associations at once: thread safe.</summary>
public interface IStorageCommitmentProvider
{
    /// <summary>Takes a request.</summary>
    /// <param name="request">What to keep.</param>
    /// <param name="association">The association.</param>
    /// <param name="cancellationToken">Cancelled when the association ends.</param>
    /// <returns>
    /// The result, where it is known at once: it is reported on the same association. Null where it takes longer: the provider then reports it
    /// on an association of its own, by <see cref="DicomClient.ReportStorageCommitmentAsync"/>.
    /// </returns>
    /// <exception cref="OperationRefusedException">The request is refused.</exception>
    ValueTask<StorageCommitmentResult?> CommitAsync(StorageCommitmentRequest request, Association association, CancellationToken cancellationToken);

    /// <summary>
    /// A result could not be reported on the same association, because the requestor released it or did not take the report: it is the
    /// provider's to report it on an association of its own, or again later.
    /// </summary>
    /// <param name="result">The result.</param>
    /// <param name="association">The association, which may have ended.</param>
    ValueTask NotReportedAsync(StorageCommitmentResult result, Association association);
}
