using System.Buffers;
using System.Net.Sockets;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Network.StateMachine;

namespace Noctis.Dicom.Network.Internal;

/// <summary>How a connection ends: released, aborted, broken, and the wait for the peer to close.</summary>
internal sealed partial class UpperLayerConnection
{
    /// <summary>Releases the association and waits for the answer, through a release collision if need be (PS3.8 9.2.2, AR-1 to AR-10).</summary>
    public async ValueTask ReleaseAsync(TimeSpan patience)
    {
        await SendAsync(UpperLayerEvent.Evt11, AReleaseRq.Instance, patience);
        _timer.Start(patience, $"The peer did not answer the release within {UpperLayerText.Describe(patience)}.");
        while (_machine.State is not (UpperLayerState.Sta1 or UpperLayerState.Sta13))
        {
            // Data that was under way is of no use to anybody any more (AR-6).
            _ = await ReceiveAsync(patience: null, "");
            if (_machine.State is UpperLayerState.Sta9 or UpperLayerState.Sta12)
            {
                _machine.Raise(UpperLayerEvent.Evt14);
                _output.ResetWrittenCount();
                PduWriter.Write(_output, AReleaseRp.Instance);
                await _transport.SendAsync(_output.WrittenMemory, _ended.Token);
            }
        }

        _timer.Stop();
    }

    /// <summary>
    /// After <see cref="Ended"/> was cancelled, or a send failed: finds in what the peer sent before how it ended the association.
    /// </summary>
    /// <returns>How; null when the peer did not end it.</returns>
    public async ValueTask<AssociationAbortedException?> FindEndAsync()
    {
        try
        {
            // A broken connection has an end that the pump has met or is about to meet; a peer that only aborts has been seen already.
            while (StopReason is null && _machine.State is not (UpperLayerState.Sta1 or UpperLayerState.Sta13))
                _ = await ReceiveAsync(patience: null, "");
        }
        catch (AssociationAbortedException end)
        {
            return end;
        }
        catch (Exception exception) when (exception is PduException or OperationCanceledException)
        {
            // The peer did something else.
        }

        return null;
    }

    /// <summary>Ends the association by A-ABORT: the protocol was broken.</summary>
    public void Abort(PduException offence) => SendAbort(UpperLayerEvent.Evt19, offence.ToAbort());

    /// <summary>
    /// Ends the association by A-ABORT: we want to. Where none has been asked for yet there is nothing to abort: the connection
    /// is closed, as the table has it when ARTIM expires.
    /// </summary>
    public void Abort() => SendAbort(
        _machine.State == UpperLayerState.Sta2 ? UpperLayerEvent.Evt18 : UpperLayerEvent.Evt15,
        new AAbort(AbortSource.ServiceUser, AbortReason.NotSpecified));

    /// <summary>Ends the association by A-ABORT: we failed.</summary>
    public void AbortAsProvider() => SendAbort(
        UpperLayerEvent.Evt19, new AAbort(AbortSource.ServiceProvider, AbortReason.NotSpecified));

    /// <summary>
    /// In Sta13, or after a handshake that failed: says that nothing more will come, and waits for the peer to close, while what it still
    /// sends is thrown away. The first of end, ARTIM and <see cref="RequestClose"/> ends it.
    /// </summary>
    /// <remarks>
    /// Deviates from PS3.8 9.2.3, Sta13, because what comes after the last word is not parsed: a further A-ABORT (AA-7) would tell the
    /// peer nothing new, and garbage has no end that could be waited for.
    /// </remarks>
    public async ValueTask LingerAsync(TimeSpan artim)
    {
        _transport.ShutdownSend();
        _lingering = true;
        _timer.Start(artim, "");
        ReleaseBuffer();
        while (!_closeRequested && !_inputEnded)
        {
            var result = await _transport.Input.ReadAsync(CancellationToken.None);
            _inputEnded = result.IsCompleted;
            _transport.Input.AdvanceTo(result.Buffer.End);
        }

        _machine.Raise(_inputEnded ? UpperLayerEvent.Evt17 : UpperLayerEvent.Evt18);
        _timer.Stop();
    }

    /// <summary>Closes hard.</summary>
    public void Reset() => _transport.Abort();

    private AssociationAbortedException OnClosed()
    {
        var state = _machine.State;
        _machine.Raise(UpperLayerEvent.Evt17);
        var middle = _reader.IsInsidePdu || !_buffer.IsEmpty;
        var error = _transport.ReceiveError;
        var how = error switch
        {
            null => "closed the connection",
            SocketException socketError => $"broke the connection ({socketError.SocketErrorCode})",
            _ => "broke the connection",
        };
        var when = state switch
        {
            UpperLayerState.Sta2 when BytesReceived == 0 => "without sending anything",
            UpperLayerState.Sta2 when _isEncrypted && !middle =>
                "after the TLS handshake, without asking for an association; perhaps it does not trust our certificate",
            UpperLayerState.Sta2 => "in the middle of its A-ASSOCIATE-RQ",
            UpperLayerState.Sta5 when _isEncrypted =>
                "without answering the request for an association; perhaps it wants a certificate of ours that it trusts",
            UpperLayerState.Sta5 => "without answering the request for an association; perhaps it wants TLS on this port, or does not speak DICOM there",
            UpperLayerState.Sta7 or UpperLayerState.Sta10 or UpperLayerState.Sta11 => "without answering the release",
            _ when middle => "in the middle of a PDU",
            _ => "without releasing the association",
        };
        var kind = state switch
        {
            UpperLayerState.Sta2 when BytesReceived == 0 => ConnectionFailureKind.ClosedUnused,
            UpperLayerState.Sta2 when _isEncrypted && !middle => ConnectionFailureKind.TlsHandshakeFailed,
            UpperLayerState.Sta2 => ConnectionFailureKind.RequestIncomplete,
            _ => ConnectionFailureKind.Other,
        };

        // TLS 1.3: what the server thinks of our certificate arrives after the handshake.
        if (error is not (null or SocketException) && TlsFaults.Describe(error, "peer") is { Kind: ConnectionFailureKind.TlsOurCertificateRefused } refusal)
            return new AssociationAbortedException(AssociationEnding.ConnectionLost, refusal.Sentence, null, error) { Kind = refusal.Kind };
        return new AssociationAbortedException(AssociationEnding.ConnectionLost, $"The peer {how} {when}.", null, error) { Kind = kind };
    }

    private void SendAbort(UpperLayerEvent upperLayerEvent, AAbort abort)
    {
        _timer.Stop();
        if (!_ended.IsCancellationRequested)
            _ended.Cancel();
        if (_handshakeFailed || !_machine.CanRaise(upperLayerEvent))
            return;

        // AA-1 aborts as the service user, whatever was wrong (PS3.8 9.2.2, Table 9-9).
        var action = _machine.Raise(upperLayerEvent);
        if (_machine.State == UpperLayerState.Sta13)
            SendLast(action == UpperLayerAction.AA1 ? new AAbort(AbortSource.ServiceUser, AbortReason.NotSpecified) : abort);
    }

    private void SendLast(Pdu pdu)
    {
        var output = new ArrayBufferWriter<byte>(16);
        PduWriter.Write(output, pdu);
        if (!_transport.TrySendLast(output.WrittenMemory))
            _transport.Abort();
    }
}
