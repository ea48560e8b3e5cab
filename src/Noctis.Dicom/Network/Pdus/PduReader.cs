using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Noctis.Dicom.Network.Pdus;

/// <summary>Reads whole PDUs (PS3.8 9.3). Stateless and thread safe.</summary>
public static class PduReader
{
    /// <summary>Bytes 7-74 of an associate PDU, before its items.</summary>
    internal const int AssociateFixedLength = 68;

    /// <summary>The body of A-ASSOCIATE-RJ, A-RELEASE-RQ, A-RELEASE-RP and A-ABORT.</summary>
    internal const int ShortBodyLength = 4;

    /// <summary>Reads the PDU at the start of <paramref name="buffer"/> and moves the start behind it.</summary>
    /// <param name="buffer">What was received; unchanged when more bytes are needed.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="pdu">The PDU. A <see cref="PDataTf"/> is a slice of the buffer, any other holds bytes of its own.</param>
    /// <returns>False when more bytes are needed.</returns>
    /// <exception cref="PduException">What arrived is never valid, or above the limits.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, PduLimits limits, [NotNullWhen(true)] out Pdu? pdu)
    {
        pdu = null;
        if (!PduHeader.TryPeek(buffer, limits, out var header) || buffer.Length - PduHeader.Length < header.BodyLength)
            return false;

        var body = buffer.Slice(PduHeader.Length, header.BodyLength);
        pdu = header.Type switch
        {
            PduType.PDataTf => ReadPDataTf(body),
            PduType.AAssociateRq => AssociateReader.ReadRq(Gather(body), limits),
            PduType.AAssociateAc => AssociateReader.ReadAc(Gather(body), limits),
            PduType.AReleaseRq => AReleaseRq.Instance,
            PduType.AReleaseRp => AReleaseRp.Instance,
            PduType.AAssociateRj => ReadAssociateRj(body),
            _ => ReadAbort(body),
        };
        buffer = buffer.Slice(body.End);
        return true;
    }

    private static PDataTf ReadPDataTf(ReadOnlySequence<byte> body)
    {
        var pdu = new PDataTf(body);
        foreach (var value in pdu)
            _ = value; // Walking it is the check: nobody who is handed the PDU meets the exception later.
        return pdu;
    }

    // PS3.8 9.3.4, Table 9-21: reserved, result, source, reason. What is undefined is kept: the peer's "no" stands whatever its number.
    private static AAssociateRj ReadAssociateRj(ReadOnlySequence<byte> body)
    {
        Span<byte> bytes = stackalloc byte[ShortBodyLength];
        body.CopyTo(bytes);
        return new AAssociateRj((AssociateRejectResult)bytes[1], (AssociateRejectReason)BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));
    }

    // PS3.8 9.3.8, Table 9-26: reserved, reserved, source, reason. What is undefined is kept: the association ends whatever the number.
    private static AAbort ReadAbort(ReadOnlySequence<byte> body)
    {
        Span<byte> bytes = stackalloc byte[ShortBodyLength];
        body.CopyTo(bytes);
        return new AAbort((AbortSource)bytes[2], (AbortReason)bytes[3]);
    }

    // Bounded by PduLimits.MaxAssociateLength, and one array for all the bytes that the PDU's members keep.
    private static ReadOnlyMemory<byte> Gather(ReadOnlySequence<byte> body) => body.ToArray();
}
