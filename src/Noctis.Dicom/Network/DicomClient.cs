using System.Net;
using Microsoft.Extensions.Logging;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Internal;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Network.Internal;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Network.StateMachine;

namespace Noctis.Dicom.Network;

/// <summary>
/// An association as its requestor, and the services used over it (SCU). One operation at a time; not thread safe, except for
/// <see cref="AbortAsync"/>. After an exception of an operation the association has ended, unless the exception says that
/// nothing was sent, is an <see cref="OperationFailedException"/>, or follows a search that was called off.
/// </summary>
public sealed partial class DicomClient : IAsyncDisposable
{
    // A peer closes as soon as it has read an A-ABORT; one that does not is not worth waiting for.
    private static readonly TimeSpan AbortLinger = TimeSpan.FromSeconds(1);

    private readonly DicomClientOptions _options;
    private readonly UpperLayerConnection _connection;
    private readonly DimseExchange _exchange;

    /// <summary>An operation has begun and not ended: a search, also between two of its matches.</summary>
    private int _busy;

    /// <summary>Something is being sent or awaited.</summary>
    private int _running;
    private bool _closed;

    private DicomClient(DicomClientOptions options, UpperLayerConnection connection, Association association)
    {
        _options = options;
        _connection = connection;
        Association = association;
        var logger = options.LoggerFactory.CreateLogger<DicomClient>();
        _exchange = new DimseExchange(connection, association, new DimseExchangeOptions
        {
            Services = options.Services,
            DimseTimeout = options.DimseTimeout,
            NetworkTimeout = options.DimseTimeout,
            IdleTimeout = options.OperationTimeout,
            Observer = new GuardedObserver(null, logger),
            Logger = logger,
            Time = options.TimeProvider,
        });
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
            socket, isRequestor: true, PduLimits.ForAnnounced(options.MaxPduLength), new BlockMemoryPool(BlockMemoryPool.OfOneConnection), options.TimeProvider);
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
        return RunAsync(
            async () =>
            {
                var request = new CEchoRequest { MessageID = _exchange.NextMessageId() };
                return new CEchoResponse(await AskAsync(context, request), null).Status;
            },
            cancellationToken);
    }

    /// <summary>
    /// Serves what the peer asks (<see cref="DicomClientOptions.Services"/>), until it asks for release or we are told to stop: what a
    /// requestor of storage commitment does that waits for the result on the same association.
    /// </summary>
    /// <param name="stop">Ends the waiting; the association goes on.</param>
    /// <returns>True when the peer has released the association, which then has ended.</returns>
    /// <exception cref="DicomNetworkException">The association did not last.</exception>
    public Task<bool> ServeAsync(CancellationToken stop) => RunAsync(
        async () =>
        {
            await _exchange.ServeUntilAsync(stop);
            if (!_exchange.IsReleaseRequested)
                return false;
            await _connection.SendAsync(UpperLayerEvent.Evt14, AReleaseRp.Instance, _options.DimseTimeout);
            return true;
        },
        CancellationToken.None);

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

        // What runs sees the request and aborts; else it is done here.
        if (Interlocked.Exchange(ref _running, 1) == 0)
            await EndAsync();
    }

    /// <summary>Aborts the association unless it was released, and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _running, 1) == 0)
            await EndAsync();
    }

    private static async ValueTask CloseAsync(UpperLayerConnection connection)
    {
        if (connection.State == UpperLayerState.Sta13)
            await connection.LingerAsync(AbortLinger);
        await connection.DisposeAsync();
    }

    private PresentationContext FindContext(string abstractSyntax) => Association.PresentationContexts.FindAccepted(abstractSyntax)
        ?? throw new InvalidOperationException($"The peer did not accept {DicomUID.Parse(abstractSyntax).Name}.");

    /// <summary>Sends a request and waits for its one response, within an operation.</summary>
    private async Task<CommandSet> AskAsync(PresentationContext context, DimseRequest request, Func<DatasetSender, Task>? writeDataset = null) =>
        (await _exchange.AskAsync(context, request, writeDataset) ?? throw ReleasedInstead()).Command;

    private static PduException ReleasedInstead() =>
        new(AbortReason.UnexpectedPdu, "The peer asked for release instead of answering.");

    private async Task<T> RunAsync<T>(Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        using var turn = TakeTurn();
        return await RunPartAsync(operation, cancellationToken);
    }

    /// <summary>Runs a part of an operation.</summary>
    private async Task<T> RunPartAsync<T>(Func<Task<T>> part, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0)
            throw new AssociationAbortedException(AssociationEnding.Aborted, _connection.StopReason ?? "The association was aborted by this side.");
        try
        {
            return await ClientConnection.RunAsync(_connection, part, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    /// <summary>Makes the association ours for an operation.</summary>
    private Turn TakeTurn()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (Interlocked.Exchange(ref _busy, 1) != 0)
            throw new InvalidOperationException("An operation is running on this association; one at a time.");
        var turn = new Turn(this);
        if (_connection.State == UpperLayerState.Sta6)
            return turn;
        turn.Dispose();
        throw new DicomNetworkException("The association has ended.");
    }

    private async ValueTask EndAsync()
    {
        if (_closed)
            return;
        _closed = true;
        _connection.Abort();
        await CloseAsync(_connection);
    }

    private sealed class Turn(DicomClient client) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref client._busy, 0);
    }
}
