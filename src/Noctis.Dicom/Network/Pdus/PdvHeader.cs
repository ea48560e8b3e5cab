using System.Buffers;
using System.Buffers.Binary;

namespace Noctis.Dicom.Network.Pdus;

/// <summary>The six bytes before a fragment: item length, context id, message control header (PS3.8 9.3.5.1, Table 9-23 and E.2).</summary>
internal readonly record struct PdvHeader(byte ContextId, bool IsCommand, bool IsLast, uint FragmentLength)
{
    private const byte CommandBit = 0x01;
    private const byte LastBit = 0x02;

    /// <summary>Consumes a header of a PDU that has <paramref name="pduRemaining"/> bytes left, header included.</summary>
    /// <returns>False when more bytes are needed.</returns>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, uint pduRemaining, out PdvHeader header)
    {
        header = default;
        if (pduRemaining < PDataFraming.PdvHeaderLength)
            throw Invalid($"{pduRemaining} bytes at the end of a P-DATA-TF are too few for a presentation data value.");

        scoped var bytes = buffer.FirstSpan;
        Span<byte> gathered = stackalloc byte[PDataFraming.PdvHeaderLength];
        if (bytes.Length < PDataFraming.PdvHeaderLength)
        {
            if (buffer.Length < PDataFraming.PdvHeaderLength)
                return false;
            buffer.Slice(0, PDataFraming.PdvHeaderLength).CopyTo(gathered);
            bytes = gathered;
        }

        // The length counts what follows it: context id, message control header, fragment.
        var length = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (length < 2)
            throw Invalid($"A presentation data value has a length of {length} bytes; 2 is the least.");
        if (length > pduRemaining - 4)
            throw Invalid($"A presentation data value of {length} bytes reaches beyond the end of its P-DATA-TF.");

        var contextId = bytes[4];
        if ((contextId & 1) == 0)
            throw Invalid($"A presentation data value names presentation context {contextId}; ids are odd.");

        // PS3.8 E.2: bits 2 to 7 of the message control header are not tested.
        var control = bytes[5];
        header = new PdvHeader(contextId, (control & CommandBit) != 0, (control & LastBit) != 0, length - 2);
        buffer = buffer.Slice(PDataFraming.PdvHeaderLength);
        return true;
    }

    private static PduException Invalid(string message) => new(AbortReason.InvalidPduParameterValue, message);
}
