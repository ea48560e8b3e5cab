using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network.Internal;

namespace Noctis.Dicom.Network;

/// <summary>
/// Listens on a port and serves the associations that come (PS3.8 9.1.3). One association's failure never touches another's.
/// Started once, stopped once. Thread safe.
/// </summary>
public sealed class DicomListener : IAsyncDisposable
{
    private const string StoppingText = "The listener was stopped.";

    // When the system has no more sockets to give, trying again at once would only burn the processor that could set some free.
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(200);

    private readonly ListenerContext _context;
    private readonly CancellationTokenSource _stopAccepting = new();
    private Socket? _socket;
    private Task _accepting = Task.CompletedTask;
    private int _started;

    /// <summary>Makes a listener that does not listen yet.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="admission">Who may associate.</param>
    /// <param name="services">What is served.</param>
    /// <param name="observer">Hears what happens; null for nobody.</param>
    /// <param name="loggerFactory">For logs; null for none.</param>
    /// <param name="timeProvider">The clock of every timer; null for the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public DicomListener(
        DicomListenerOptions options,
        IAssociationAdmission admission,
        DimseServices services,
        IAssociationObserver? observer = null,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(admission);
        ArgumentNullException.ThrowIfNull(services);
        options.Validate();
        _context = new ListenerContext(
            options,
            admission,
            services,
            observer,
            loggerFactory?.CreateLogger<DicomListener>() ?? NullLogger<DicomListener>.Instance,
            timeProvider ?? TimeProvider.System);
    }

    /// <summary>Where it listens, with the port that the system chose; null before the start.</summary>
    public IPEndPoint? LocalEndPoint { get; private set; }

    /// <summary>What connections go by that begin now.</summary>
    public DicomListenerOptions Options => _context.Terms.Options;

    /// <summary>Associations that run now.</summary>
    public int ActiveAssociations => _context.Sessions.Associations;

    /// <summary>Starts to listen.</summary>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="SocketException">The port cannot be bound: it is in use, not allowed, or no address of this machine.</exception>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Exchange(ref _started, 1) != 0)
            throw new InvalidOperationException("A listener is started once.");

        _socket = Bind(Options);
        LocalEndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        Log.Listening(_context.Logger, LocalEndPoint);
        _accepting = AcceptAsync(_socket);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Gives the listener other options, for the connections to come. Those that are there keep theirs and go on; only the limits on how
    /// many there may be count at once, without anybody being sent away. A connection that came before TLS was asked for, or before
    /// certificates were, and has no association yet, gets none any more.
    /// </summary>
    /// <param name="options">All the options. Address, port and backlog are the socket's, the allowance counts those that are there; they stay as they are: for others, another listener is needed.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">Address, port, backlog or allowance is another, or TLS lacks something.</exception>
    public void Reconfigure(DicomListenerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var present = Options;
        if (!options.Address.Equals(present.Address) || options.Port != present.Port || options.Backlog != present.Backlog || options.PendingAllowance != present.PendingAllowance)
            throw new ArgumentException("Address, port, backlog and allowance of a listener stay as they are.", nameof(options));
        _context.Reconfigure(options);
    }

    /// <summary>
    /// Accepts no more, lets the running associations end, and aborts what still runs after the time-out. Then it has stopped.
    /// Connections that have no association yet are closed; a request that was just being read is rejected as temporary congestion.
    /// </summary>
    /// <param name="timeout">How long the associations may go on.</param>
    /// <param name="cancellationToken">Aborts them at once.</param>
    public async Task DrainAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var closed = CloseSocketAsync();
        var ended = _context.Sessions.Drain(StoppingText).WaitAsync(timeout, _context.Time, cancellationToken);
        await closed;
        try
        {
            await ended;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // What has not ended by now is aborted.
        }

        await StopAsync(CancellationToken.None);
    }

    /// <summary>Accepts no more and aborts the running associations; returns when all have ended.</summary>
    /// <param name="cancellationToken">Stops waiting for their end.</param>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        var closed = CloseSocketAsync();
        var ended = _context.Sessions.Stop(StoppingText);
        await closed;
        await ended.WaitAsync(cancellationToken);
    }

    /// <summary>Stops.</summary>
    public async ValueTask DisposeAsync() => await StopAsync();

    private static Socket Bind(DicomListenerOptions options)
    {
        var address = options.Address.Equals(IPAddress.IPv6Any) && !Socket.OSSupportsIPv6 ? IPAddress.Any : options.Address;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(new IPEndPoint(address, options.Port));
            socket.Listen(options.Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task CloseSocketAsync()
    {
        // At once and on this thread: when a drain or a stop has been asked for, nobody gets in any more.
        _stopAccepting.Cancel();
        if (Interlocked.Exchange(ref _socket, null) is { } socket)
        {
            socket.Dispose();
            Log.ListeningEnded(_context.Logger, LocalEndPoint!);
        }

        await _accepting;
    }

    private async Task AcceptAsync(Socket listening)
    {
        while (!_stopAccepting.IsCancellationRequested)
        {
            try
            {
                Begin(await listening.AcceptAsync(_stopAccepting.Token));
            }
            catch (Exception) when (_stopAccepting.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted })
            {
                // The peer left the queue before its turn.
            }
            catch (Exception exception)
            {
                Log.AcceptFailed(_context.Logger, exception, LocalEndPoint!);
                await Task.Delay(AcceptPause, _context.Time, _stopAccepting.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Begin(Socket socket)
    {
        AcceptorSession session;
        try
        {
            session = new AcceptorSession(_context, socket);
        }
        catch (SocketException)
        {
            // The peer has hung up already.
            socket.Dispose();
            return;
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        if (_context.Sessions.TryAdd(session))
            ThreadPool.UnsafeQueueUserWorkItem(static session => _ = session.RunAsync(), session, preferLocal: false);
        else
            _ = session.DisposeAsync().AsTask();
    }
}
