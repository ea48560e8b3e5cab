using System.Buffers;

namespace Noctis.Dicom.Network.Pdus;

/// <summary>
/// Reads the PDUs of one association from its pipe. P-DATA-TF comes in pieces, as the bytes arrive, without waiting for the whole PDU
/// and without allocating; every other PDU comes whole. One reader for each direction of an association; not thread safe.
/// </summary>
/// <param name="limits">The limits.</param>
public sealed class PduStreamReader(PduLimits limits)
{
    private PdvHeader _pdv;
    private uint _pduRemaining;
    private uint _pdvRemaining;
    private bool _insidePdv;
    private bool _startsPdu;

    /// <summary>The limits. May be replaced between PDUs, once negotiation has said more.</summary>
    public PduLimits Limits { get; set; } = limits;

    /// <summary>Part of a P-DATA-TF has been read: a connection that closes now closes in the middle of a PDU.</summary>
    public bool IsInsidePdu => _pduRemaining > 0;

    /// <summary>
    /// Reads the next PDU, or the next piece of a P-DATA-TF, and moves the start of <paramref name="buffer"/> behind it.
    /// Bytes of a header may be consumed even when the answer is false, so advance the pipe to the start of the buffer in any case.
    /// </summary>
    /// <param name="buffer">What was received and not yet consumed.</param>
    /// <param name="pdu">A whole PDU, never a P-DATA-TF; null when <paramref name="fragment"/> was read.</param>
    /// <param name="fragment">A piece of a P-DATA-TF, when <paramref name="pdu"/> is null.</param>
    /// <returns>False when more bytes are needed.</returns>
    /// <exception cref="PduException">What arrived is never valid. The reader must not be used again.</exception>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, out Pdu? pdu, out PdvFragment fragment)
    {
        pdu = null;
        fragment = default;
        if (!IsInsidePdu)
        {
            if (!PduHeader.TryPeek(buffer, Limits, out var header))
                return false;
            if (header.Type != PduType.PDataTf)
                return PduReader.TryRead(ref buffer, Limits, out pdu);

            buffer = buffer.Slice(PduHeader.Length);
            _pduRemaining = header.BodyLength;
            _startsPdu = true;
        }

        return TryReadFragment(ref buffer, out fragment);
    }

    /// <summary>Whether a whole P-DATA-TF comes next.</summary>
    /// <param name="buffer">What was received and not yet consumed.</param>
    /// <exception cref="PduException">What comes next is never valid.</exception>
    internal bool HoldsWholeData(in ReadOnlySequence<byte> buffer) =>
        !IsInsidePdu
        && PduHeader.TryPeek(buffer, Limits, out var header)
        && header.Type == PduType.PDataTf
        && buffer.Length - PduHeader.Length >= header.BodyLength;

    private bool TryReadFragment(ref ReadOnlySequence<byte> buffer, out PdvFragment fragment)
    {
        fragment = default;
        if (!_insidePdv)
        {
            if (!PdvHeader.TryRead(ref buffer, _pduRemaining, out _pdv))
                return false;
            _pduRemaining -= PDataFraming.PdvHeaderLength;
            _pdvRemaining = _pdv.FragmentLength;
            _insidePdv = true;
        }

        // An empty fragment is a piece of its own: it may be the one that says "last".
        if (buffer.IsEmpty && _pdvRemaining > 0)
            return false;

        var length = (uint)Math.Min(buffer.Length, _pdvRemaining);
        var data = buffer.Slice(0, length);
        buffer = buffer.Slice(length);
        _pdvRemaining -= length;
        _pduRemaining -= length;
        _insidePdv = _pdvRemaining > 0;
        fragment = new PdvFragment(_pdv.ContextId, _pdv.IsCommand, _pdv.IsLast, data, _startsPdu, !_insidePdv, _pduRemaining == 0);
        _startsPdu = false;
        return true;
    }
}
