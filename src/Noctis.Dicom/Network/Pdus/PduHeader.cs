using System.Buffers;
using System.Buffers.Binary;
using Noctis.Dicom.Network.Internal;

namespace Noctis.Dicom.Network.Pdus;

/// <summary>The six bytes before every PDU's body (PS3.8 9.3.1).</summary>
/// <remarks>
/// <code>
///  byte   field
///  1      PDU type, 01H to 07H
///  2      reserved, sent as 00H, not tested
///  3-6    PDU length: the bytes that follow, unsigned, big endian
/// </code>
/// </remarks>
/// <param name="Type">The PDU type.</param>
/// <param name="BodyLength">The PDU length field: bytes after the header.</param>
public readonly record struct PduHeader(PduType Type, uint BodyLength)
{
    /// <summary>Bytes of the header.</summary>
    public const int Length = 6;

    /// <summary>
    /// Reads the header at the start of <paramref name="buffer"/> without consuming it, and holds its length against the limits,
    /// so that nobody waits for, or makes room for, a body that will not be taken.
    /// </summary>
    /// <param name="buffer">What was received.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="header">The header.</param>
    /// <returns>False when more bytes are needed.</returns>
    /// <exception cref="PduException">The type is unknown, or the length never valid or above the limits.</exception>
    public static bool TryPeek(in ReadOnlySequence<byte> buffer, PduLimits limits, out PduHeader header)
    {
        ArgumentNullException.ThrowIfNull(limits);
        header = default;
        if (buffer.IsEmpty)
            return false;

        // The type is judged as soon as it is there: a peer that speaks another protocol may never send six bytes.
        scoped var first = buffer.FirstSpan;
        Span<byte> gathered = stackalloc byte[Length];
        if (first.Length < Length)
        {
            var available = buffer.Slice(0, Math.Min(Length, buffer.Length));
            available.CopyTo(gathered);
            first = gathered[..(int)available.Length];
        }

        var type = (PduType)first[0];
        if (type is < PduType.AAssociateRq or > PduType.AAbort)
            throw Unknown(first);

        if (first.Length < Length)
            return false;

        var length = BinaryPrimitives.ReadUInt32BigEndian(first[2..]);
        Check(type, length, limits);
        header = new PduHeader(type, length);
        return true;
    }

    private static void Check(PduType type, uint length, PduLimits limits)
    {
        switch (type)
        {
            case PduType.PDataTf:
                // PS3.8 9.3.5: one or more PDVs, of which the shortest is the six bytes of its header.
                if (length < PDataFraming.PdvHeaderLength)
                    throw Invalid($"P-DATA-TF of {length} bytes is too short to hold a presentation data value.");
                if (length > limits.MaxDataLength)
                    throw Invalid($"P-DATA-TF of {length} bytes is longer than the {limits.MaxDataLength} bytes that are taken here.");
                break;

            case PduType.AAssociateRq or PduType.AAssociateAc:
                if (length < PduReader.AssociateFixedLength)
                    throw Invalid($"{type} of {length} bytes is shorter than its fixed fields.");
                if (length > limits.MaxAssociateLength)
                    throw Invalid($"{type} of {length} bytes is longer than the {limits.MaxAssociateLength} bytes that are taken here.");
                break;

            default:
                // PS3.8 9.3.4, 9.3.6, 9.3.7, 9.3.8: the PDU length is 00000004H.
                if (length != PduReader.ShortBodyLength)
                    throw Invalid($"{type} has a length of {length} bytes instead of 4.");
                break;
        }
    }

    private static PduException Invalid(string message) => new(AbortReason.InvalidPduParameterValue, message);

    private static PduException Unknown(ReadOnlySpan<byte> first)
    {
        var (kind, sentence) = ForeignProtocol.Recognize(first);
        return new PduException(AbortReason.UnrecognizedPdu, sentence) { Kind = kind };
    }
}
