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
    private readonly UpperLayerConnection _connection;
    private readonly AssociationPeer _peer;
    private readonly long _started;
    private readonly DateTimeOffset _startedUtc;
    private Association? _association;
    private AAssociateRq? _request;
    private AssociateRejection? _rejection;
    private DimseProvider? _provider;
    private volatile bool _closeRequested;

    public AcceptorSession(ListenerContext context, Socket socket)
    {
        _context = context;
        _started = context.Time.GetTimestamp();
        _startedUtc = context.Time.GetUtcNow();
        _peer = new AssociationPeer(EndPointOf(socket.RemoteEndPoint), EndPointOf(socket.LocalEndPoint));
        Node = new LinkedListNode<AcceptorSession>(this);
        _connection = new UpperLayerConnection(socket, isRequestor: false, context.Options.Limits, context.Pool, context.Time)
        {
            ProviderCheck = FindProviderFault,
        };
    }

    /// <summary>The session's place in the list of the registry, and touched by that alone.</summary>
    public LinkedListNode<AcceptorSession> Node { get; }

    /// <summary>Ends the connection: by A-ABORT when there is an association. Thread safe.</summary>
    public void Close(string reason)
    {
        _closeRequested = true;
        _connection.RequestClose(reason);
    }

    /// <summary>Runs the connection to its end. Never throws.</summary>
    public async Task RunAsync()
    {
        try
        {
            _context.Observer.ConnectionOpened(_peer);
            var (ending, reason) = await ServeAsync();
            Report(ending, reason);
            _context.Sessions.Dissociate(this);
            if (_connection.CanLinger && !_closeRequested)
                await _connection.LingerAsync(_context.Options.ArtimTimeout);
        }
        catch (Exception exception)
        {
            Log.SessionFailed(_context.Logger, exception, _peer.RemoteEndPoint);
        }
        finally
        {
            await DisposeAsync();
            _context.Sessions.Remove(this);
        }
    }

    /// <summary>Closes the connection; the end of <see cref="RunAsync"/> does it too.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>The one place where what went wrong is turned into what is sent and what is told.</summary>
    private async Task<(AssociationEnding Ending, string Reason)> ServeAsync()
    {
        try
        {
            await RunAssociationAsync();
            return (AssociationEnding.Released, "The peer released the association.");
        }
        catch (AssociationAbortedException end)
        {
            return (end.Ending, end.Message);
        }
        catch (PduException offence)
        {
            _connection.Abort(offence);
            return (AssociationEnding.Aborted, offence.Message);
        }
        catch (OperationCanceledException) when (_connection.Ended.IsCancellationRequested)
        {
            if (_connection.StopReason is null && await _connection.FindEndAsync() is { } end)
                return (end.Ending, end.Message);
            _connection.Abort();
            return (AssociationEnding.Aborted, _connection.StopReason ?? "The association was aborted.");
        }
        catch (Exception exception)
        {
            Log.SessionFailed(_context.Logger, exception, _peer.RemoteEndPoint);
            _connection.AbortAsProvider();
            return (AssociationEnding.Aborted, "The association was aborted because of an error on our side; see the log.");
        }
    }

    private async Task RunAssociationAsync()
    {
        var artim = _context.Options.ArtimTimeout;
        _connection.Raise(UpperLayerEvent.Evt5);
        _connection.Start();
        _connection.StartTimer(artim, $"The peer connected, but sent no request for an association within {artim.TotalSeconds:0.#} seconds.");
        _request = (AAssociateRq?)await _connection.ReceiveAsync(patience: null, "");
        _rejection = _connection.ProviderRejection;
        if (_rejection is not null)
            return;

        var decision = await DecideAsync(_request!);
        if (decision.Rejection is { } rejection)
        {
            _context.Sessions.Dissociate(this);
            await _connection.SendAsync(UpperLayerEvent.Evt8, rejection.ToPdu(), _context.Options.DimseTimeout);
            _rejection = rejection;
            return;
        }

        var negotiation = AcceptorNegotiator.Accept(_request!, _context.Options.Policy);
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
        await _connection.SendAsync(UpperLayerEvent.Evt7, negotiation.Response, _context.Options.DimseTimeout);
        _association = association;
        _context.Observer.AssociationAccepted(association);
        Log.AssociationAccepted(_context.Logger, association, _peer.RemoteEndPoint);

        _provider = new DimseProvider(_connection, association, _context);
        await _provider.RunAsync();

        // Before the answer, so that a peer which associates anew the moment it has it finds its place free.
        _context.Sessions.Dissociate(this);
        await _connection.SendAsync(UpperLayerEvent.Evt14, AReleaseRp.Instance, _context.Options.DimseTimeout);
    }

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
                AssociateRejectResult.RejectedTransient, AssociateRejectReason.TemporaryCongestion, BusyText);
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
                AssociateRejectResult.RejectedTransient, AssociateRejectReason.TemporaryCongestion, "The listener is being stopped.");
        }

        return _context.Sessions.TryAssociate(this)
            ? null
            : new AssociateRejection(
                AssociateRejectResult.RejectedTransient,
                AssociateRejectReason.LocalLimitExceeded,
                $"All {_context.Options.MaxAssociations} associations that may run at a time are in use.");
    }

    private void Report(AssociationEnding ending, string reason)
    {
        var duration = _context.Time.GetElapsedTime(_started);
        if (_association is not null)
        {
            var summary = new AssociationSummary
            {
                Ending = ending,
                Reason = reason,
                Duration = duration,
                BytesReceived = _connection.BytesReceived,
                BytesSent = _connection.BytesSent,
                Operations = _provider?.Operations ?? 0,
                FailedOperations = _provider?.FailedOperations ?? 0,
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
            _context.Observer.ConnectionFailed(_peer, new ConnectionFailure(ending, reason, duration, _connection.BytesReceived));
        }
    }

    private static IPEndPoint EndPointOf(EndPoint? endPoint)
    {
        var ip = endPoint as IPEndPoint ?? throw new SocketException((int)SocketError.NotConnected);
        return ip.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(ip.Address.MapToIPv4(), ip.Port) : ip;
    }
}
