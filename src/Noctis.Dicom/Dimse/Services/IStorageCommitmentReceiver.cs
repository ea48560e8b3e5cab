using Noctis.Dicom.Network;

namespace Noctis.Dicom.Dimse.Services;

/// <summary>Hears what became of requests to keep objects (PS3.4 J.3.3). Thread safe.</summary>
public interface IStorageCommitmentReceiver
{
    /// <summary>Takes a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="association">The association on which it came: that of the request, or another.</param>
    /// <param name="cancellationToken">Cancelled when the association ends.</param>
    /// <exception cref="OperationRefusedException">The result is refused: nothing of that name was asked for.</exception>
    ValueTask ReceiveAsync(StorageCommitmentResult result, Association association, CancellationToken cancellationToken);
}
