using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Noctis.Dicom.Network.Internal;

/// <summary>
/// A TCP connection: a pump that reads the socket into a pipe as soon as anything arrives, whatever the reader of the pipe is
/// doing, and a way to send. The pipe holds <see cref="PauseThreshold"/> bytes at most; then TCP itself slows the sender down.
/// Plain unless it is started with TLS, which then lies between socket and pipe: the plain way knows nothing of it but a null check.
/// One reader and one sender at a time; <see cref="Abort"/> is thread safe.
/// </summary>
internal sealed class SocketConnection : IAsyncDisposable
{
    /// <summary>
    /// Unread bytes at which the pump pauses: 256 KiB, two PDUs of the longest kind in common use, so that one can be worked on
    /// while the next arrives.
    /// </summary>
    public const int PauseThreshold = 256 * 1024;

    // With less room than this left in a block the next one is begun: short receives cost a system call each.
    private const int MinimumReceive = 16 * 1024;

    // What a socket that can be written to takes without waiting, whatever the size of its buffer.
    private const int ShortSend = 4 * 1024;

    // IPPROTO_TCP and TCP_QUICKACK of Linux, which .NET has no names for.
    private const int TcpLevel = 6;
    private const int TcpQuickAck = 12;
    private const int TcpUserTimeout = 18;

    // So many probes without an answer, and the peer is gone.
    private const int Probes = 3;

    private readonly Socket _socket;
    private readonly Pipe _pipe;
    private Task _pump = Task.CompletedTask;
    private SslStream? _tls;
    private bool _isBlocking;
    private long _bytesReceived;
    private long _bytesSent;
    private bool _sending;
    private int _closed;

    /// <summary>Takes over a connected socket. Nothing is read of it before the start.</summary>
    public SocketConnection(Socket socket, MemoryPool<byte> pool)
    {
        _socket = socket;

        // An answer is one segment and has to leave at once: Nagle's algorithm would hold it back for an acknowledgement.
        socket.NoDelay = true;
        _pipe = new Pipe(new PipeOptions(
            pool,
            PipeScheduler.Inline,
            PipeScheduler.Inline,
            PauseThreshold,
            PauseThreshold / 2,
            BlockMemoryPool.BlockLength,
            useSynchronizationContext: false));
    }

    private static ReadOnlySpan<byte> QuickAckOn => [1, 0, 0, 0];

    /// <summary>What has been received. Ends without an exception when the connection does; see <see cref="ReceiveError"/>.</summary>
    public PipeReader Input => _pipe.Reader;

    /// <summary>Why receiving ended; null when the peer closed the connection in order, or we did.</summary>
    public Exception? ReceiveError { get; private set; }

    /// <summary>Bytes that were read from the socket, those of TLS itself included.</summary>
    public long BytesReceived => Volatile.Read(ref _bytesReceived);

    /// <summary>Bytes that were written to the socket, those of TLS itself included.</summary>
    public long BytesSent => Volatile.Read(ref _bytesSent);

    /// <summary>A send was given up half-way: nothing that is sent now would be understood.</summary>
    public bool IsOutputBroken => _sending;

    /// <summary>Begins to read. Called once.</summary>
    /// <param name="tls">TLS over a <see cref="SocketStream"/> of this connection, after its handshake; null for none. It is disposed of here.</param>
    public void Start(SslStream? tls = null)
    {
        _tls = tls;
        _pump = PumpAsync();
    }

    /// <summary>
    /// Begins to read, in the clear, on a <see cref="ReceiveThread"/>: the pump, and the reader of the pipe whenever it had to wait for
    /// the peer. Called once, in place of <see cref="Start"/>, and on a socket that nothing asynchronous has been done with: .NET would
    /// have it watched by then, and go on as it does there.
    /// </summary>
    public void StartOnThread()
    {
        // Set before the thread can send anything, which it may do at once.
        _isBlocking = true;
        if (ReceiveThread.TryRun(Pump, ThreadBudget.OfProcess) is { } pump)
        {
            _pump = pump;
            return;
        }

        _isBlocking = false;
        _pump = PumpAsync();
    }

    /// <summary>
    /// Has the system find out whether the peer is still there: a line that was cut, or a device that was switched off, says nothing by
    /// itself. After so long a silence it is asked, and given up after as long again; what was sent and never acknowledged, likewise,
    /// where the system can. Our own timers are first wherever something is awaited of the peer, since they know the reason.
    /// </summary>
    public void ProbePeer(TimeSpan silence)
    {
        var seconds = (int)Math.Clamp(Math.Ceiling(silence.TotalSeconds), 1, 32_767);
        try
        {
            _socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, seconds);
            _socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, Math.Max(1, seconds / Probes));
            _socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
            _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            if (OperatingSystem.IsLinux())
            {
                Span<byte> milliseconds = stackalloc byte[sizeof(int)];
                BinaryPrimitives.WriteInt32LittleEndian(milliseconds, 2 * 1000 * seconds);
                _socket.SetRawSocketOption(TcpLevel, TcpUserTimeout, milliseconds);
            }
        }
        catch (Exception exception) when (exception is SocketException or PlatformNotSupportedException)
        {
            // The connection is broken, as its reader will see, or the system has no such option: then only the timers are left.
        }
    }

    /// <summary>Looks at the first byte that the peer sends, and leaves it where it is. Before the start.</summary>
    /// <returns>Null when the connection has ended.</returns>
    public async ValueTask<byte?> PeekAsync(CancellationToken cancellationToken)
    {
        var first = new byte[1];
        try
        {
            return await _socket.ReceiveAsync(first, SocketFlags.Peek, cancellationToken) == 0 ? null : first[0];
        }
        catch (SocketException)
        {
            // Whoever reads next meets it again.
            return null;
        }
    }

    /// <summary>Receives past the pipe: for <see cref="SocketStream"/>.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveRawAsync(Memory<byte> memory, CancellationToken cancellationToken)
    {
        var received = await _socket.ReceiveAsync(memory, SocketFlags.None, cancellationToken);
        CountReceived(received, memory.Length);
        return received;
    }

    /// <summary>Sends past TLS: for <see cref="SocketStream"/>.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendRawAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            var sent = await _socket.SendAsync(bytes, SocketFlags.None, cancellationToken);
            _bytesSent += sent;
            bytes = bytes[sent..];
        }
    }

    /// <summary>Sends all the bytes.</summary>
    /// <exception cref="SocketException">The connection is broken.</exception>
    /// <exception cref="ObjectDisposedException">The connection was closed.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _sending = true;
        if (_tls is not null)
        {
            _ = await WriteAsync(_tls, bytes, cancellationToken);
            _sending = false;
            return;
        }

        if (_isBlocking && bytes.Length <= ShortSend && _socket.Poll(TimeSpan.Zero, SelectMode.SelectWrite))
        {
            // An answer, nearly always: without waiting, and without making the socket one of those that .NET watches.
            var sent = _socket.Send(bytes.Span, SocketFlags.None);
            _bytesSent += sent;
            bytes = bytes[sent..];
        }

        while (!bytes.IsEmpty)
        {
            var sent = await _socket.SendAsync(bytes, SocketFlags.None, cancellationToken);
            _bytesSent += sent;
            bytes = bytes[sent..];
        }

        _sending = false;
    }

    /// <summary>
    /// Sends a last word without ever waiting: it fits into the system's buffer, or the peer has long stopped to read and
    /// would not read it either.
    /// </summary>
    /// <returns>False when it could not be sent.</returns>
    public bool TrySendLast(ReadOnlyMemory<byte> bytes)
    {
        if (_sending)
            return false;
        _sending = true;
        try
        {
            var send = _tls is null
                ? _socket.SendAsync(bytes, SocketFlags.None, CancellationToken.None)
                : WriteAsync(_tls, bytes, CancellationToken.None);
            if (!send.IsCompleted)
            {
                // The socket is about to be closed, which ends the send; somebody has to look at its result.
                _ = send.AsTask().ContinueWith(static task => task.Exception, TaskScheduler.Default);
                return false;
            }

            _bytesSent += send.GetAwaiter().GetResult();
            _sending = false;
            return true;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Says that nothing more will be sent; what was sent still arrives.</summary>
    public void ShutdownSend()
    {
        try
        {
            // close_notify goes before the end of TCP, as TLS wants it; a peer that does not take it gets the end alone.
            if (_tls is not null && !_sending)
                _ = _tls.ShutdownAsync().ContinueWith(static task => task.Exception, TaskScheduler.Default);
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The connection has gone already.
        }
    }

    /// <summary>Closes the connection hard: the peer sees a reset, and nobody waits for anything.</summary>
    public void Abort()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        try
        {
            _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The connection has gone already.
        }

        // Not Dispose, which would let go of a thread that receives by an orderly end of TCP.
        _socket.Close(timeout: 0);
    }

    /// <summary>Closes the connection and waits for the pump to end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
            _socket.Dispose();

        // A pump that waits for room in the pipe is let go by the reader's end; one that waits for the socket, by its disposal.
        await _pipe.Reader.CompleteAsync();
        await _pump;
        if (_tls is not null)
            await _tls.DisposeAsync();
    }

    // Bytes sent are counted below TLS, so this answers none. What goes wrong there is of no other kind than on a plain socket.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<int> WriteAsync(SslStream tls, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await tls.WriteAsync(bytes, cancellationToken);
            return 0;
        }
        catch (IOException exception)
        {
            throw exception.InnerException as SocketException ?? new SocketException((int)SocketError.ConnectionAborted);
        }
    }

    private void CountReceived(int received, int asked)
    {
        Volatile.Write(ref _bytesReceived, _bytesReceived + received);
        if (received < asked)
            AcknowledgeAtOnce();
    }

    /// <summary>
    /// A sender that leaves Nagle's algorithm on, as dcmtk and Orthanc do, holds the end of a message back until what went before is
    /// acknowledged, and Linux takes 40 ms over that unless told otherwise: 20 images a second, whatever the line. The system forgets
    /// being told, so it is told again whenever everything that had arrived has been read.
    /// </summary>
    private void AcknowledgeAtOnce()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _socket.SetRawSocketOption(TcpLevel, TcpQuickAck, QuickAckOn);
        }
        catch (SocketException)
        {
            // Only speed is lost; if the connection is broken, the next receive says so.
        }
    }

    private void Pump()
    {
        try
        {
            while (true)
            {
                var memory = _pipe.Writer.GetMemory(MinimumReceive);
                var received = _socket.Receive(memory.Span, SocketFlags.None);
                if (received == 0)
                    break;

                CountReceived(received, memory.Length);
                _pipe.Writer.Advance(received);
                var flush = _pipe.Writer.FlushAsync();
                var result = flush.IsCompletedSuccessfully ? flush.Result : flush.AsTask().GetAwaiter().GetResult();
                if (result.IsCompleted)
                    break;
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            OnReceiveFailed(exception);
        }
        finally
        {
            _pipe.Writer.Complete();
        }
    }

    private async Task PumpAsync()
    {
        try
        {
            while (true)
            {
                var memory = _pipe.Writer.GetMemory(MinimumReceive);
                var received = _tls is null
                    ? await _socket.ReceiveAsync(memory, SocketFlags.None, CancellationToken.None)
                    : await _tls.ReadAsync(memory, CancellationToken.None);
                if (received == 0)
                    break;

                if (_tls is null)
                    CountReceived(received, memory.Length);
                _pipe.Writer.Advance(received);
                var flush = _pipe.Writer.FlushAsync();
                var result = flush.IsCompletedSuccessfully ? flush.Result : await flush;
                if (result.IsCompleted)
                    break;
            }
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException)
        {
            OnReceiveFailed(exception);
        }
        finally
        {
            await _pipe.Writer.CompleteAsync();
        }
    }

    // What had arrived before is still to be read, an A-ABORT perhaps, so the pipe is completed without the exception.
    private void OnReceiveFailed(Exception exception)
    {
        if (exception is not ObjectDisposedException && Volatile.Read(ref _closed) == 0)
            ReceiveError = exception;
    }
}
