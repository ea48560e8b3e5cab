using System.Net;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Internal;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network.Internal;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.StateMachine;

namespace Noctis.Dicom.Network;

/// <summary>
/// An association as its requestor, and the services used over it (SCU). One operation at a time; not thread safe, except for
/// <see cref="AbortAsync"/>. After an exception of an operation the association has ended, unless the exception says that
/// nothing was sent.
/// </summary>
public sealed class DicomClient : IAsyncDisposable
{
    // A peer closes as soon as it has read an A-ABORT; one that does not is not worth waiting for.
    private static readonly TimeSpan AbortLinger = TimeSpan.FromSeconds(1);

    private readonly DicomClientOptions _options;
    private readonly UpperLayerConnection _connection;
    private readonly DimseUser _user;
    private int _busy;
    private bool _closed;

    private DicomClient(DicomClientOptions options, UpperLayerConnection connection, Association association)
    {
        _options = options;
        _connection = connection;
        Association = association;
        _user = new DimseUser(connection, association, options.DimseTimeout);
    }

    /// <summary>The association: what the peer accepted.</summary>
    public Association Association { get; }

    /// <summary>Bytes that were sent.</summary>
    public long BytesSent => _connection.BytesSent;

    /// <summary>Connects and associates.</summary>
    /// <param name="options">To whom and for what.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AssociationRejectedException">The acceptor refuses.</exception>
    /// <exception cref="DicomNetworkException">The connection cannot be made or does not last, or there is no answer in time.</exception>
    public static async Task<DicomClient> ConnectAsync(DicomClientOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var startedUtc = options.TimeProvider.GetUtcNow();
        var socket = await ClientConnection.ConnectAsync(options, cancellationToken);
        var peer = new AssociationPeer((IPEndPoint)socket.RemoteEndPoint!, (IPEndPoint)socket.LocalEndPoint!);
        var connection = new UpperLayerConnection(
            socket, isRequestor: true, Pdus.PduLimits.ForAnnounced(options.MaxPduLength), new BlockMemoryPool(), options.TimeProvider);
        try
        {
            var association = await ClientConnection.RunAsync(
                connection,
                () => ClientConnection.AssociateAsync(connection, options, peer, startedUtc),
                cancellationToken,
                ConnectionFailureKind.NoAnswer);
            return new DicomClient(options, connection, association);
        }
        catch
        {
            await CloseAsync(connection);
            throw;
        }
    }

    /// <summary>Verifies the peer by C-ECHO.</summary>
    /// <param name="cancellationToken">Gives up: the association is aborted.</param>
    /// <returns>The status that was answered.</returns>
    /// <exception cref="InvalidOperationException">The peer accepted no context for verification. Nothing was sent.</exception>
    /// <exception cref="DicomNetworkException">The association did not last.</exception>
    public Task<DicomStatus> EchoAsync(CancellationToken cancellationToken = default)
    {
        var context = Association.PresentationContexts.FindAccepted(DicomUID.Verification.Value)
            ?? throw new InvalidOperationException("The peer did not accept verification.");
        var request = new CEchoRequest { MessageID = _user.NextMessageId() };
        return RunAsync(async () => StatusOf(await _user.AskAsync(context, request, request.MessageID)), cancellationToken);
    }

    /// <summary>
    /// Sends a DICOM file by C-STORE. When the peer accepted its transfer syntax the data set goes out byte for byte as it stands in the
    /// file, through a buffer of a few PDUs; else it is read and written anew in a syntax that was accepted, which takes memory for all of it.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Gives up: the association is aborted.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="DicomDataException">The file is no DICOM file, or would have to be compressed or decompressed. Nothing was sent.</exception>
    /// <exception cref="InvalidOperationException">The peer accepted no context for its SOP class. Nothing was sent.</exception>
    /// <exception cref="DicomNetworkException">The association did not last.</exception>
    public async Task<CStoreResponse> StoreAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var source = await FileDataset.OpenAsync(path, cancellationToken);
        await using (source)
        {
            var contexts = Association.PresentationContexts;
            if (contexts.FindAccepted(source.SOPClassUID, source.TransferSyntax.UID.Value) is not { } context)
                return await StoreAsync(await DicomFile.OpenAsync(path, cancellationToken: cancellationToken), cancellationToken);
            return await StoreAsync(ToRequest(context, source.SOPClassUID, source.SOPInstanceUID), source.Dataset, cancellationToken);
        }
    }

    /// <summary>Sends a file that was read by C-STORE, in its own transfer syntax where the peer accepted that, else in another.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Gives up: the association is aborted.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="DicomDataException">It would have to be compressed or decompressed. Nothing was sent.</exception>
    /// <exception cref="InvalidOperationException">The peer accepted no context for its SOP class. Nothing was sent.</exception>
    /// <exception cref="DicomNetworkException">The association did not last.</exception>
    public Task<CStoreResponse> StoreAsync(DicomFile file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        var sopClass = file.Dataset.GetString(DicomTag.SOPClassUID) ?? file.FileMeta.GetString(DicomTag.MediaStorageSOPClassUID)
            ?? throw new DicomDataException("The data set has no SOP Class UID.", DicomTag.SOPClassUID);
        var sopInstance = file.Dataset.GetString(DicomTag.SOPInstanceUID) ?? file.FileMeta.GetString(DicomTag.MediaStorageSOPInstanceUID)
            ?? throw new DicomDataException("The data set has no SOP Instance UID.", DicomTag.SOPInstanceUID);
        var contexts = Association.PresentationContexts;
        var context = contexts.FindAccepted(sopClass, file.TransferSyntax.UID.Value) ?? contexts.FindAccepted(sopClass)
            ?? throw new InvalidOperationException($"The peer did not accept SOP class {DicomUID.Parse(sopClass).Name}.");
        var syntax = DicomTransferSyntax.Lookup(context.TransferSyntax)
            ?? throw new InvalidOperationException($"Transfer syntax {context.TransferSyntax} cannot be written.");
        var converted = file.WithTransferSyntax(syntax);
        return StoreAsync(
            ToRequest(context, sopClass, sopInstance),
            sender => DicomWriter.WriteDatasetAsync(sender, converted.Dataset, syntax, null, _connection.Ended),
            cancellationToken);
    }

    /// <summary>Sends an object by C-STORE.</summary>
    /// <param name="request">The request, in an accepted presentation context; see <see cref="CreateStoreRequest"/>.</param>
    /// <param name="dataset">The data set, in the transfer syntax of that context; read to its end, with a few PDUs of it in memory at a time.</param>
    /// <param name="cancellationToken">Gives up: the association is aborted.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="DicomNetworkException">The association did not last.</exception>
    public Task<CStoreResponse> StoreAsync(CStoreRequest request, Stream dataset, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(dataset);
        return StoreAsync(request, sender => CopyAsync(dataset, sender, _connection.Ended), cancellationToken);
    }

    /// <summary>Makes a request for an object in one of the accepted presentation contexts, with a message id of its own.</summary>
    /// <param name="sopClassUid">SOP Class UID of the object.</param>
    /// <param name="sopInstanceUid">SOP Instance UID of the object.</param>
    /// <param name="transferSyntaxUid">UID of the transfer syntax that its data set is in.</param>
    /// <exception cref="InvalidOperationException">The peer accepted no such context.</exception>
    public CStoreRequest CreateStoreRequest(string sopClassUid, string sopInstanceUid, string transferSyntaxUid)
    {
        var context = Association.PresentationContexts.FindAccepted(sopClassUid, transferSyntaxUid)
            ?? throw new InvalidOperationException(
                $"The peer did not accept SOP class {DicomUID.Parse(sopClassUid).Name} in {DicomUID.Parse(transferSyntaxUid).Name}.");
        return ToRequest(context, sopClassUid, sopInstanceUid);
    }

    /// <summary>Releases the association in order and closes the connection.</summary>
    /// <param name="cancellationToken">Gives up: the association is aborted.</param>
    /// <exception cref="DicomNetworkException">The association had ended already, or the peer does not answer.</exception>
    public async Task ReleaseAsync(CancellationToken cancellationToken = default)
    {
        await RunAsync(
            async () =>
            {
                await _connection.ReleaseAsync(_options.ArtimTimeout);
                return true;
            },
            cancellationToken);
        await DisposeAsync();
    }

    /// <summary>Aborts the association at once, also while an operation runs, which then ends with an exception. Thread safe.</summary>
    public async Task AbortAsync()
    {
        _connection.RequestAbort("The association was aborted by this side.");

        // An operation that runs sees the request and aborts; else it is done here.
        if (Interlocked.Exchange(ref _busy, 1) == 0)
            await EndAsync();
    }

    /// <summary>Aborts the association unless it was released, and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _busy, 1) == 0)
            await EndAsync();
    }

    private static async Task CopyAsync(Stream dataset, DatasetSender sender, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await dataset.ReadAsync(await sender.GetMemoryAsync(), cancellationToken);
            if (read == 0)
                return;
            sender.Advance(read);
        }
    }

    private static DicomStatus StatusOf(CommandSet response) => new(response.GetUInt16(DicomTag.Status).GetValueOrDefault());

    private static async ValueTask CloseAsync(UpperLayerConnection connection)
    {
        if (connection.State == UpperLayerState.Sta13)
            await connection.LingerAsync(AbortLinger);
        await connection.DisposeAsync();
    }

    private CStoreRequest ToRequest(PresentationContext context, string sopClassUid, string sopInstanceUid) => new()
    {
        PresentationContext = context,
        MessageID = _user.NextMessageId(),
        AffectedSOPClassUID = sopClassUid,
        AffectedSOPInstanceUID = sopInstanceUid,
    };

    private Task<CStoreResponse> StoreAsync(CStoreRequest request, Func<DatasetSender, Task> writeDataset, CancellationToken cancellationToken) =>
        RunAsync(
            async () =>
            {
                var response = await _user.AskAsync(request.PresentationContext, request, request.MessageID, writeDataset);
                return new CStoreResponse
                {
                    MessageIDBeingRespondedTo = request.MessageID,
                    AffectedSOPClassUID = response.SOPClassUID,
                    AffectedSOPInstanceUID = response.SOPInstanceUID,
                    Status = StatusOf(response),
                    ErrorComment = response.GetString(DicomTag.ErrorComment),
                };
            },
            cancellationToken);

    private async Task<T> RunAsync<T>(Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (Interlocked.Exchange(ref _busy, 1) != 0)
            throw new InvalidOperationException("An operation is running on this association; one at a time.");
        try
        {
            if (_connection.State != UpperLayerState.Sta6)
                throw new DicomNetworkException("The association has ended.");
            return await ClientConnection.RunAsync(_connection, operation, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    private async ValueTask EndAsync()
    {
        if (_closed)
            return;
        _closed = true;
        _connection.Abort();
        await CloseAsync(_connection);
    }
}
