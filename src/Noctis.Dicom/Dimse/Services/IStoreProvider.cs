using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Network;

namespace Noctis.Dicom.Dimse.Services;

/// <summary>Takes the objects that arrive by C-STORE (PS3.4 annex B). Called from many associations at once: thread safe.</summary>
public interface IStoreProvider
{
    /// <summary>Begins to receive an object, before any of its bytes are read.</summary>
    /// <param name="request">The request: SOP class as negotiated, SOP instance UID checked, and the transfer syntax of the data set.</param>
    /// <param name="association">The association.</param>
    /// <param name="cancellationToken">Cancelled when the association ends.</param>
    /// <returns>The receiver of the data set. It is always disposed of, whatever happens.</returns>
    /// <exception cref="OperationRefusedException">The object is refused: the data set is read and discarded, and the status answered.</exception>
    ValueTask<IStoreReceiver> BeginAsync(CStoreRequest request, Association association, CancellationToken cancellationToken);
}
