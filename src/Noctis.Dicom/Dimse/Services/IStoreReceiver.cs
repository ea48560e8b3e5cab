namespace Noctis.Dicom.Dimse.Services;

/// <summary>
/// Receives one object. Calls come one after the other, never two at a time: writes, then one completion, then disposal.
/// Disposal without completion means that the object did not arrive whole, or was refused, and nothing of it may stay.
/// </summary>
public interface IStoreReceiver : IAsyncDisposable
{
    /// <summary>Takes the next piece of the data set, in the transfer syntax of the request.</summary>
    /// <param name="fragment">The bytes; valid during the call only, so copy what has to stay.</param>
    /// <param name="cancellationToken">Cancelled when the association ends.</param>
    /// <exception cref="OperationRefusedException">The object is refused: the rest is read and discarded, and the status answered.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> fragment, CancellationToken cancellationToken);

    /// <summary>Ends the object, all of which has been written. Success may be answered only when it is safely stored.</summary>
    /// <param name="cancellationToken">Cancelled when the sender has gone: nobody hears the answer any more.</param>
    /// <returns>What to answer.</returns>
    ValueTask<CStoreResult> CompleteAsync(CancellationToken cancellationToken);
}
