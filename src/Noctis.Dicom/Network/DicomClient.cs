using Noctis.Dicom.Dimse;

namespace Noctis.Dicom.Network;

/// <summary>
/// An association as its requestor, and the services used over it (SCU). One operation at a time; not thread safe, except for
/// <see cref="AbortAsync"/>.
/// </summary>
public sealed class DicomClient : IAsyncDisposable
{
    private DicomClient(Association association) => Association = association;

    /// <summary>The association.</summary>
    public Association Association { get; }

    /// <summary>Connects and associates.</summary>
    /// <param name="options">To whom and for what.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AssociationRejectedException">The acceptor refuses.</exception>
    /// <exception cref="DicomNetworkException">The connection cannot be made or does not last, or there is no answer in time.</exception>
    public static Task<DicomClient> ConnectAsync(DicomClientOptions options, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <summary>Verifies the peer by C-ECHO.</summary>
    /// <param name="cancellationToken">Gives up: the association is aborted.</param>
    public Task<DicomStatus> EchoAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Sends an object by C-STORE.</summary>
    /// <param name="request">The request, in an accepted presentation context.</param>
    /// <param name="dataset">The data set, in the transfer syntax of that context; read to its end.</param>
    /// <param name="cancellationToken">Gives up: the association is aborted.</param>
    /// <returns>The answer.</returns>
    public Task<CStoreResponse> StoreAsync(CStoreRequest request, Stream dataset, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <summary>Releases the association in order and closes the connection.</summary>
    /// <param name="cancellationToken">Gives up: the association is aborted.</param>
    public Task ReleaseAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Aborts the association at once.</summary>
    public Task AbortAsync() => throw new NotSupportedException();

    /// <summary>Aborts the association unless it was released.</summary>
    public ValueTask DisposeAsync() => default;
}
