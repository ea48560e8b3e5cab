using System.Buffers;
using System.Buffers.Binary;

namespace Noctis.Dicom.Network.Pdus;

/// <summary>Writes PDUs (PS3.8 9.3); for data see also <see cref="PDataFraming"/>. Stateless and thread safe.</summary>
public static class PduWriter
{
    /// <summary>Writes a PDU.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="pdu">The PDU.</param>
    /// <exception cref="ArgumentException">A member cannot be encoded: text outside ISO 646, an AE title or item that is too long.</exception>
    public static void Write(IBufferWriter<byte> output, Pdu pdu)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(pdu);
        switch (pdu)
        {
            case PDataTf data:
                WriteHeader(output, PduType.PDataTf, checked((uint)data.Body.Length));
                foreach (var segment in data.Body)
                    output.Write(segment.Span);
                break;

            case AAssociateRj reject:
                // PS3.8 9.3.4, Table 9-21: reserved, result, source, reason.
                WriteShort(output, pdu.Type, 0, (byte)reject.Result, (byte)reject.Source, reject.ReasonCode);
                break;

            case AAbort abort:
                // PS3.8 9.3.8, Table 9-26: a service user's reason is not significant and sent as 00H.
                WriteShort(output, pdu.Type, 0, 0, (byte)abort.Source, abort.Source == AbortSource.ServiceUser ? (byte)0 : (byte)abort.Reason);
                break;

            case AAssociateRq or AAssociateAc:
                var body = pdu is AAssociateRq request ? AssociateWriter.Write(request) : AssociateWriter.Write((AAssociateAc)pdu);
                WriteHeader(output, pdu.Type, (uint)body.Length);
                output.Write(body);
                break;

            default:
                WriteShort(output, pdu.Type, 0, 0, 0, 0);
                break;
        }
    }

    private static void WriteShort(IBufferWriter<byte> output, PduType type, byte first, byte second, byte third, byte fourth)
    {
        WriteHeader(output, type, PduReader.ShortBodyLength);
        var span = output.GetSpan(PduReader.ShortBodyLength);
        span[0] = first;
        span[1] = second;
        span[2] = third;
        span[3] = fourth;
        output.Advance(PduReader.ShortBodyLength);
    }

    private static void WriteHeader(IBufferWriter<byte> output, PduType type, uint length)
    {
        var span = output.GetSpan(PduHeader.Length);
        span[0] = (byte)type;
        span[1] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(span[2..], length);
        output.Advance(PduHeader.Length);
    }
}
