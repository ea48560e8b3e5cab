using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Network.StateMachine;

namespace Noctis.Dicom.Network.Internal;

/// <summary>
/// One connection as the upper layer sees it (PS3.8 9.2): every PDU that is sent or received goes through the state machine, whose
/// actions are carried out here. Owned by the one loop that drives the association, and used by that alone, except for
/// <see cref="RequestAbort"/>.
/// </summary>
/// <remarks>
/// How a loop learns that the association is over: <see cref="AssociationAbortedException"/> when the peer ended it or the connection
/// is gone, <see cref="PduException"/> when the peer broke the protocol, <see cref="OperationCanceledException"/> when
/// <see cref="RequestAbort"/> was called, by a timer or from outside. In the last two cases the loop calls one of the abort methods.
/// </remarks>
internal sealed partial class UpperLayerConnection : IAsyncDisposable
{
    private readonly SocketConnection _transport;
    private readonly UpperLayerStateMachine _machine;
    private readonly PduStreamReader _reader;
    private readonly DeadlineTimer _timer;
    private readonly ArrayBufferWriter<byte> _output = new(512);
    private readonly CancellationTokenSource _ended = new();
    private ReadOnlySequence<byte> _buffer;
    private bool _hasBuffer;
    private bool _inputEnded;
    private string? _abortReason;
    private bool _isEncrypted;
    private bool _handshakeFailed;
    private volatile bool _lingering;
    private volatile bool _closeRequested;
    private volatile bool _interruptRequested;

    public UpperLayerConnection(Socket socket, bool isRequestor, PduLimits limits, MemoryPool<byte> pool, TimeProvider time)
    {
        _machine = new UpperLayerStateMachine(isRequestor);
        _reader = new PduStreamReader(limits);
        _timer = new DeadlineTimer(time, OnExpired);
        _transport = new SocketConnection(socket, pool);
    }

    /// <summary>The present state.</summary>
    public UpperLayerState State => _machine.State;

    /// <summary>Why the association is to be aborted: the first reason given; null when it is not.</summary>
    public string? StopReason => Volatile.Read(ref _abortReason);

    /// <summary>Cancelled when the association has ended or is to be aborted.</summary>
    public CancellationToken Ended => _ended.Token;

    public long BytesReceived => _transport.BytesReceived;

    public long BytesSent => _transport.BytesSent;

    /// <summary>The piece of data that was received last, when <see cref="ReceiveAsync"/> answered null; valid until it is called again.</summary>
    public PdvFragment Fragment { get; private set; }

    /// <summary>
    /// Finds what the upper layer itself has to refuse in a request (AE-6). Called once, between the request's arrival and its indication.
    /// </summary>
    public Func<AAssociateRq, AssociateRejection?>? ProviderCheck { get; init; }

    /// <summary>What <see cref="ProviderCheck"/> found: A-ASSOCIATE-RJ has been sent.</summary>
    public AssociateRejection? ProviderRejection { get; private set; }

    /// <summary>There is a peer that <see cref="LingerAsync"/> can wait for.</summary>
    public bool CanLinger => State == UpperLayerState.Sta13 || _handshakeFailed;

    /// <summary>Has the system find out whether the peer is still there; see <see cref="SocketConnection.ProbePeer"/>.</summary>
    public void ProbePeer(TimeSpan silence) => _transport.ProbePeer(silence);

    /// <summary>Begins to receive, in the clear.</summary>
    public void Start() => _transport.Start();

    /// <summary>Begins to receive, in the clear, on a thread of its own. Nothing was received or sent before.</summary>
    public void StartOnThread() => _transport.StartOnThread();

    /// <summary>Looks at the first byte that the peer sends, before the start; null when the connection has ended.</summary>
    /// <exception cref="OperationCanceledException"><see cref="RequestAbort"/> was called.</exception>
    public ValueTask<byte?> PeekAsync() => _transport.PeekAsync(_ended.Token);

    /// <summary>
    /// Begins to receive, under TLS. When the handshake fails nothing can be said in the protocol of DICOM any more; TLS itself
    /// has told the peer, and <see cref="LingerAsync"/> gives it the time to hear it.
    /// </summary>
    /// <param name="handshake">Makes TLS over the stream; its exceptions pass through.</param>
    public async Task<SslStream> StartTlsAsync(Func<SocketStream, CancellationToken, Task<SslStream>> handshake)
    {
        try
        {
            var tls = await handshake(new SocketStream(_transport), _ended.Token);
            _transport.Start(tls);
            _isEncrypted = true;
            return tls;
        }
        catch
        {
            _handshakeFailed = !_ended.IsCancellationRequested;
            _transport.Start();
            throw;
        }
    }

    /// <summary>
    /// Called on the loop, once for each <see cref="RequestInterrupt"/>, while it waits to receive: something is to be sent that cannot
    /// wait for the peer.
    /// </summary>
    public Func<ValueTask>? Interrupted { get; set; }

    /// <summary>Asks the loop to call <see cref="Interrupted"/> the next time it waits to receive. Thread safe.</summary>
    public void RequestInterrupt()
    {
        _interruptRequested = true;
        _transport.Input.CancelPendingRead();
    }

    /// <summary>Asks the loop to abort. Thread safe; the first reason counts.</summary>
    /// <param name="reason">A plain sentence.</param>
    public void RequestAbort(string reason)
    {
        if (Interlocked.CompareExchange(ref _abortReason, reason, null) is not null)
            return;
        _ended.Cancel();
        _transport.Input.CancelPendingRead();
    }

    /// <summary>As <see cref="RequestAbort"/>, and ends <see cref="LingerAsync"/> too. Thread safe.</summary>
    /// <param name="reason">A plain sentence.</param>
    public void RequestClose(string reason)
    {
        _closeRequested = true;
        RequestAbort(reason);
        _transport.Input.CancelPendingRead();
    }

    /// <summary>Sets the deadline for what comes next, whatever arrives meanwhile: the ARTIM timer (PS3.8 9.1.5).</summary>
    public void StartTimer(TimeSpan due, string reason) => _timer.Start(due, reason);

    public void StopTimer() => _timer.Stop();

    /// <summary>Raises an event that comes with no PDU: a connection made or accepted.</summary>
    public void Raise(UpperLayerEvent upperLayerEvent) => _machine.Raise(upperLayerEvent);

    /// <summary>Receives the next PDU, or the next piece of data.</summary>
    /// <param name="patience">How long nothing at all may arrive; null leaves the timer as it is.</param>
    /// <param name="impatience">What it means when that time has passed.</param>
    /// <returns>A PDU that the loop has to deal with; null when <see cref="Fragment"/> was received.</returns>
    public ValueTask<Pdu?> ReceiveAsync(TimeSpan? patience, string impatience) =>
        TryReceive(out var pdu) ? ValueTask.FromResult(pdu) : WaitAndReceiveAsync(patience, impatience);

    /// <summary>Sends what a local event asks for.</summary>
    /// <param name="upperLayerEvent">The event.</param>
    /// <param name="pdu">The PDU that its action sends.</param>
    /// <param name="patience">How long the peer may take nothing of it.</param>
    public ValueTask SendAsync(UpperLayerEvent upperLayerEvent, Pdu pdu, TimeSpan patience)
    {
        _machine.Raise(upperLayerEvent);
        _output.ResetWrittenCount();
        PduWriter.Write(_output, pdu);
        return SendBytesAsync(_output.WrittenMemory, patience);
    }

    /// <summary>Sends P-DATA-TF PDUs that the caller has put together.</summary>
    public ValueTask SendDataAsync(ReadOnlyMemory<byte> pdus, TimeSpan patience)
    {
        _machine.Raise(UpperLayerEvent.Evt9);
        return SendBytesAsync(pdus, patience);
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _transport.DisposeAsync();

        // The token's source is left to the collector: RequestAbort may come at any time, and it holds nothing that needs disposal.
    }

    private void OnExpired(string reason)
    {
        if (_lingering)
            RequestClose(reason);
        else
            RequestAbort(reason);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Pdu?> WaitAndReceiveAsync(TimeSpan? patience, string impatience)
    {
        if (patience is { } due)
            _timer.Start(due, impatience);
        Pdu? pdu;
        do
        {
            if (_hasBuffer)
            {
                _hasBuffer = false;
                _transport.Input.AdvanceTo(_buffer.Start, _buffer.End);
            }

            if (_inputEnded)
                throw OnClosed();
            ThrowIfStopped();
            var result = await _transport.Input.ReadAsync(CancellationToken.None);
            Take(result.Buffer, result.IsCompleted);
            ThrowIfStopped();
            if (_interruptRequested)
            {
                _interruptRequested = false;
                if (Interrupted is { } interrupted)
                    await interrupted();
            }

            if (patience is { } again)
                _timer.Start(again, impatience);
        }
        while (!TryReceive(out pdu));

        if (patience is not null)
            _timer.Stop();
        return pdu;
    }

    private void ThrowIfStopped()
    {
        if (StopReason is not null)
            throw new OperationCanceledException(_ended.Token);
    }

    private void Take(ReadOnlySequence<byte> buffer, bool isLast)
    {
        _buffer = buffer;
        _hasBuffer = true;
        _inputEnded = isLast;
    }

    private void ReleaseBuffer()
    {
        if (!_hasBuffer)
            return;
        _hasBuffer = false;
        _transport.Input.AdvanceTo(_buffer.End);
    }

    /// <summary>Takes what has been received already, as far as the state machine lets it through to the loop.</summary>
    private bool TryReceive(out Pdu? pdu)
    {
        pdu = null;
        while (_hasBuffer && _reader.TryRead(ref _buffer, out pdu, out var fragment))
        {
            if (pdu is null)
            {
                Fragment = fragment;
                if (!fragment.StartsPdu)
                    return true;
            }

            if (OnReceived(pdu))
                return true;
        }

        return false;
    }

    /// <returns>Whether the loop has to be told.</returns>
    private bool OnReceived(Pdu? pdu)
    {
        var type = pdu?.Type ?? PduType.PDataTf;
        var upperLayerEvent = type.ToReceivedEvent();
        var expected = StateTable.Lookup(_machine.State, upperLayerEvent)?.Action;
        switch (expected)
        {
            case UpperLayerAction.AA1 or UpperLayerAction.AA7 or UpperLayerAction.AA8 or null:
                // Not raised here: the loop answers with Abort, which is Evt19, and that is the same cell of the table in every state.
                throw new PduException(AbortReason.UnexpectedPdu, $"The peer sent {UpperLayerText.Name(type)} {UpperLayerText.Place(_machine.State)}.");

            case UpperLayerAction.AE6:
                ProviderRejection = ProviderCheck?.Invoke((AAssociateRq)pdu!);
                _timer.Stop();
                _machine.Raise(upperLayerEvent, acceptableByProvider: ProviderRejection is null);
                if (ProviderRejection is { } rejection)
                    SendLast(rejection.ToPdu());
                return true;

            case UpperLayerAction.AA2 or UpperLayerAction.AA3:
                _machine.Raise(upperLayerEvent);
                throw new AssociationAbortedException(AssociationEnding.AbortedByPeer, UpperLayerText.Describe((AAbort)pdu!), (AAbort)pdu!)
                {
                    Kind = ConnectionFailureKind.AbortedByPeer,
                };

            default:
                _machine.Raise(upperLayerEvent);
                return expected != UpperLayerAction.AA6;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendBytesAsync(ReadOnlyMemory<byte> bytes, TimeSpan patience)
    {
        // Before the first byte, so that an A-ABORT can still be sent in its place.
        _ended.Token.ThrowIfCancellationRequested();
        _timer.Start(patience, "The peer took nothing of what was sent to it for {0} seconds.");
        try
        {
            await _transport.SendAsync(bytes, _ended.Token);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            _ended.Cancel();
            throw await FindEndAsync()
                ?? new AssociationAbortedException(
                    AssociationEnding.ConnectionLost, "The connection broke while something was sent to the peer.", null, exception);
        }

        _timer.Stop();
    }
}
