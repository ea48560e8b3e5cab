using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Noctis.Dicom.Dimse.Internal;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Network.StateMachine;

namespace Noctis.Dicom.Network.Internal;

/// <summary>One connection to a listener from its first byte to its last: the loop that decides what each failure means.</summary>
internal sealed class AcceptorSession : IAsyncDisposable
{
    private const string BusyText = "The admission check failed on our side; see the log.";

    private readonly ListenerContext _context;
    private readonly ListenerTerms _terms;
    private readonly UpperLayerConnection _connection;
    private AssociationPeer _peer;
    private readonly long _started;
    private readonly DateTimeOffset _startedUtc;
    private Association? _association;
    private AAssociateRq? _request;
    private AssociateRejection? _rejection;
    private ConnectionFailureKind _stageKind;
    private ConnectionFailureKind _closeKind;
    private DimseExchange? _exchange;
    private IDisposable? _place;
    private volatile bool _closeRequested;

    public AcceptorSession(ListenerContext context, Socket socket)
    {
        _context = context;
        _terms = context.Terms;
        _started = context.Time.GetTimestamp();
        _startedUtc = context.Time.GetUtcNow();
        _peer = new AssociationPeer(EndPointOf(socket.RemoteEndPoint), EndPointOf(socket.LocalEndPoint));
        Node = new LinkedListNode<AcceptorSession>(this);
        SharedNode = new LinkedListNode<AcceptorSession>(this);
        _connection = new UpperLayerConnection(socket, isRequestor: false, _terms.Options.Limits, BlockMemoryPool.OfListeners, context.Time)
        {
            ProviderCheck = FindProviderFault,
        };
        _connection.ProbePeer(_terms.Options.NetworkTimeout);
    }

    /// <summary>The session's place in the list of the registry, and touched by that alone.</summary>
    public LinkedListNode<AcceptorSession> Node { get; }

    /// <summary>The same of <see cref="ConnectionAllowance"/>.</summary>
    public LinkedListNode<AcceptorSession> SharedNode { get; }

    /// <summary>When the connection came, by the clock's ticks.</summary>
    public long Started => _started;

    /// <summary>What the session's address has of the listener; the registry's as well.</summary>
    public PeerShare? Share { get; set; }

    /// <summary>The peer's address.</summary>
    public IPAddress RemoteAddress => _peer.RemoteEndPoint.Address;

    /// <summary>Ends the connection: by A-ABORT when there is an association. Thread safe.</summary>
    public void Close(string reason, ConnectionFailureKind kind)
    {
        _closeKind = kind;
        _closeRequested = true;
        _connection.RequestClose(reason);
    }

    /// <summary>Runs the connection to its end. Never throws.</summary>
    public async Task RunAsync()
    {
        try
        {
            _context.Observer.ConnectionOpened(_peer);
            Report(await ServeAsync());
            Leave();
            if (_connection.CanLinger && !_closeRequested)
                await _connection.LingerAsync(_terms.Options.ArtimTimeout);
        }
        catch (Exception exception)
        {
            Log.SessionFailed(_context.Logger, exception, _peer.RemoteEndPoint);
        }
        finally
        {
            await DisposeAsync();
            Leave();
            _context.Sessions.Remove(this);
        }
    }

    /// <summary>Closes the connection; the end of <see cref="RunAsync"/> does it too.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>The one place where what went wrong is turned into what is sent and what is told.</summary>
    private async Task<SessionEnd> ServeAsync()
    {
        try
        {
            await RunAssociationAsync();
            return new SessionEnd(AssociationEnding.Released, "The peer released the association.");
        }
        catch (AssociationAbortedException end)
        {
            return new SessionEnd(end.Ending, end.Message, end.Kind);
        }
        catch (DicomNetworkException refusal)
        {
            // TLS has said what there is to say.
            return new SessionEnd(AssociationEnding.Aborted, refusal.Message, refusal.Kind);
        }
        catch (PduException offence)
        {
            _connection.Abort(offence);
            return new SessionEnd(AssociationEnding.Aborted, offence.Message, offence.Kind);
        }
        catch (OperationCanceledException) when (_connection.Ended.IsCancellationRequested)
        {
            if (_connection.StopReason is null && await _connection.FindEndAsync() is { } end)
                return new SessionEnd(end.Ending, end.Message, end.Kind);
            _connection.Abort();
            return new SessionEnd(
                AssociationEnding.Aborted, _connection.StopReason ?? "The association was aborted.", _closeRequested ? _closeKind : KindOfExpiry());
        }
        catch (Exception exception)
        {
            Log.SessionFailed(_context.Logger, exception, _peer.RemoteEndPoint);
            _connection.AbortAsProvider();
            return new SessionEnd(
                AssociationEnding.Aborted,
                "The association was aborted because of an error on our side; see the log.",
                ConnectionFailureKind.InternalError);
        }
    }

    private async Task RunAssociationAsync()
    {
        _connection.Raise(UpperLayerEvent.Evt5);
        if (_terms.Options.Tls is { } tls)
            await StartTlsAsync(tls);
        else if (_terms.Options.ThreadPerConnection)
            _connection.StartOnThread();
        else
            _connection.Start();
        StartArtim("The peer connected, but sent no request for an association within", ConnectionFailureKind.RequestIncomplete);
        _request = (AAssociateRq?)await _connection.ReceiveAsync(patience: null, "");
        _rejection = _connection.ProviderRejection;
        if (_rejection is not null)
            return;

        var decision = await DecideAsync(_request!);
        _place = decision.Place;
        if (decision.Rejection is { } rejection)
        {
            Leave();
            await _connection.SendAsync(UpperLayerEvent.Evt8, rejection.ToPdu(), _terms.Options.NetworkTimeout);
            _rejection = rejection;
            return;
        }

        var negotiation = AcceptorNegotiator.Accept(_request!, _terms.PolicyFor(decision.Services), decision.UserIdentityResponse);
        var association = new Association
        {
            IsRequestor = false,
            Peer = _peer,
            Request = _request!,
            Response = negotiation.Response,
            PresentationContexts = negotiation.Contexts,
            Framing = negotiation.Framing,
            StartedUtc = _startedUtc,
            State = decision.State,
        };
        await _connection.SendAsync(UpperLayerEvent.Evt7, negotiation.Response, _terms.Options.NetworkTimeout);
        _association = association;
        _context.Observer.AssociationAccepted(association);
        Log.AssociationAccepted(_context.Logger, association, _peer.RemoteEndPoint);

        _exchange = new DimseExchange(_connection, association, _terms.ExchangeFor(decision.Services));
        await _exchange.RunAsync();

        // Before the answer, so that a peer which associates anew the moment it has it finds its place free.
        Leave();
        await _connection.SendAsync(UpperLayerEvent.Evt14, AReleaseRp.Instance, _terms.Options.NetworkTimeout);
    }

    /// <summary>
    /// Shakes hands with a peer that speaks TLS. One that does not is seen by its first byte, and its protocol goes on in the clear,
    /// where it ends at once: it is told in its own words if they are DICOM's.
    /// </summary>
    private async Task StartTlsAsync(DicomTlsServerOptions tls)
    {
        StartArtim("The peer connected, but began no TLS handshake within", ConnectionFailureKind.Silent);
        var first = await _connection.PeekAsync();
        if (first != TlsHandshake.FirstByte)
        {
            _connection.Start();
            if (first is >= (byte)PduType.AAssociateRq and <= (byte)PduType.AAbort)
            {
                throw new PduException(
                    AbortReason.NotSpecified, "The peer speaks plain DICOM, but this port wants TLS: switch TLS on at the peer, or send it to a port without.")
                {
                    Kind = ConnectionFailureKind.PlainOnTlsPort,
                };
            }

            return;
        }

        StartArtim("The peer began a TLS handshake, but did not finish it within", ConnectionFailureKind.TlsHandshakeStalled, _terms.Options.NetworkTimeout);
        var stream = await _connection.StartTlsAsync((stream, cancellation) => TlsHandshake.AcceptAsync(stream, tls, cancellation));
        var session = TlsHandshake.Describe(stream);
        _peer = _peer with { Tls = session };
        Log.TlsEstablished(_context.Logger, _peer.RemoteEndPoint, session.Protocol, session.CipherSuite);
    }

    // One ARTIM timer from the connection to the request, whatever comes between; only what its end would mean changes.
    // A stage may have a limit of its own, where that comes first.
    private void StartArtim(string stage, ConnectionFailureKind kind, TimeSpan? ofItsOwn = null)
    {
        var artim = _terms.Options.ArtimTimeout;
        var left = artim - _context.Time.GetElapsedTime(_started);
        _stageKind = kind;
        if (ofItsOwn is { } own && own < left)
            _connection.StartTimer(own, $"{stage} {own.TotalSeconds:0.#} seconds.");
        else
            _connection.StartTimer(left, $"{stage} {artim.TotalSeconds:0.#} seconds.");
    }

    // Whoever waits for a place finds this one free.
    private void Leave()
    {
        _context.Sessions.Dissociate(this);
        Interlocked.Exchange(ref _place, null)?.Dispose();
    }

    private ConnectionFailureKind KindOfExpiry() => _connection.BytesReceived == 0 ? ConnectionFailureKind.Silent : _stageKind;

    private async ValueTask<AssociationDecision> DecideAsync(AAssociateRq request)
    {
        try
        {
            return await _connection.WatchAsync(_context.Admission.DecideAsync(request, _peer, _connection.Ended));
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !_connection.Ended.IsCancellationRequested)
        {
            Log.AdmissionFailed(_context.Logger, exception, _peer.RemoteEndPoint);
            return AssociationDecision.Reject(
                new AssociateRejection(AssociateRejectResult.RejectedTransient, AssociateRejectReason.TemporaryCongestion, BusyText)
                {
                    Kind = ConnectionFailureKind.InternalError,
                });
        }
    }

    // AE-6: what the upper layer refuses by itself. A place among the associations is taken here, so that nobody waits for one in silence.
    private AssociateRejection? FindProviderFault(AAssociateRq request)
    {
        if (AcceptorNegotiator.FindProtocolFault(request) is { } fault)
            return fault;
        if (_context.Sessions.IsDraining)
        {
            return new AssociateRejection(
                AssociateRejectResult.RejectedTransient, AssociateRejectReason.TemporaryCongestion, "The listener is being stopped.")
            {
                Kind = ConnectionFailureKind.Stopped,
            };
        }

        if (!_terms.IsAsSafeAs(_context.Terms))
        {
            return new AssociateRejection(
                AssociateRejectResult.RejectedTransient,
                AssociateRejectReason.TemporaryCongestion,
                "The peer connected before TLS was asked for on this port, and sent its request only after.")
            {
                Kind = ConnectionFailureKind.PlainOnTlsPort,
            };
        }

        return _context.Sessions.TryAssociate(this) is { } full
            ? new AssociateRejection(AssociateRejectResult.RejectedTransient, AssociateRejectReason.LocalLimitExceeded, full)
            {
                Kind = ConnectionFailureKind.TooManyConnections,
            }
            : null;
    }

    private void Report(SessionEnd end)
    {
        var (ending, reason, kind) = end;
        var duration = _context.Time.GetElapsedTime(_started);
        if (_association is not null)
        {
            var summary = new AssociationSummary
            {
                Ending = ending,
                Reason = reason,
                Kind = kind,
                Duration = duration,
                BytesReceived = _connection.BytesReceived,
                BytesSent = _connection.BytesSent,
                Operations = _exchange?.Operations ?? 0,
                FailedOperations = _exchange?.FailedOperations ?? 0,
            };
            Log.AssociationEnded(
                _context.Logger, ending == AssociationEnding.Released ? LogLevel.Debug : LogLevel.Information, _association, _peer.RemoteEndPoint, reason);
            _context.Observer.AssociationEnded(_association, summary);
        }
        else if (_rejection is not null)
        {
            Log.AssociationRejected(
                _context.Logger,
                UpperLayerText.Printable(_request!.CallingAETitle),
                UpperLayerText.Printable(_request.CalledAETitle),
                _peer.RemoteEndPoint,
                _rejection.Explanation,
                (byte)_rejection.Result,
                (byte)_rejection.Source,
                (byte)_rejection.Reason);
            _context.Observer.AssociationRejected(_peer, _request, _rejection);
        }
        else
        {
            Log.ConnectionFailed(_context.Logger, _peer.RemoteEndPoint, reason);
            _context.Observer.ConnectionFailed(_peer, new ConnectionFailure(ending, reason, duration, _connection.BytesReceived) { Kind = kind });
        }
    }

    private static IPEndPoint EndPointOf(EndPoint? endPoint)
    {
        var ip = endPoint as IPEndPoint ?? throw new SocketException((int)SocketError.NotConnected);
        return ip.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(ip.Address.MapToIPv4(), ip.Port) : ip;
    }

    private readonly record struct SessionEnd(AssociationEnding Ending, string Reason, ConnectionFailureKind Kind = ConnectionFailureKind.Other);
}
