using System.Buffers;
using System.Buffers.Binary;

namespace Noctis.Dicom.Network.Pdus;

/// <summary>
/// Cuts commands and data sets into P-DATA-TF PDUs of one presentation data value each, under the peer's maximum length
/// (PS3.8 9.3.5 and D.1). Fragments have an even length. Immutable and thread safe; allocates nothing.
/// </summary>
public readonly struct PDataFraming
{
    /// <summary>Bytes before the fragment: PDU header and PDV header.</summary>
    public const int HeaderLength = PduHeader.Length + PdvHeaderLength;

    /// <summary>The least maximum length under which anything can be sent: a PDV header and two bytes.</summary>
    public const uint MinimumMaximumLength = PdvHeaderLength + 2;

    /// <summary>
    /// The longest body that is sent to a peer that takes more, or says that it has no limit: 128 KiB, above which throughput no longer
    /// grows while buffers do.
    /// </summary>
    public const int DefaultCeiling = 128 * 1024;

    internal const int PdvHeaderLength = 6;

    /// <summary>Framing for a peer.</summary>
    /// <param name="peerMaximumLength">The maximum length that the peer announced, in bytes; 0 means no limit.</param>
    /// <param name="ceiling">Our own limit in bytes.</param>
    public PDataFraming(uint peerMaximumLength, int ceiling = DefaultCeiling)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ceiling, (int)MinimumMaximumLength);
        if (peerMaximumLength is not 0 and < MinimumMaximumLength)
            throw new ArgumentOutOfRangeException(nameof(peerMaximumLength), peerMaximumLength, "No fragment fits into so short a PDU.");

        var body = peerMaximumLength == 0 ? ceiling : (int)Math.Min(peerMaximumLength, (uint)ceiling);
        MaxFragmentLength = (body - PdvHeaderLength) & ~1;
    }

    /// <summary>The longest fragment in bytes, always even.</summary>
    public int MaxFragmentLength { get; }

    /// <summary>Writes the 12 bytes that stand before a fragment in a P-DATA-TF of its own.</summary>
    /// <param name="destination">At least <see cref="HeaderLength"/> bytes.</param>
    /// <param name="contextId">The presentation context.</param>
    /// <param name="isCommand">The fragment belongs to a command; else to a data set.</param>
    /// <param name="isLast">The fragment is the last of its command or data set.</param>
    /// <param name="fragmentLength">Bytes of the fragment.</param>
    public static void WriteHeader(Span<byte> destination, byte contextId, bool isCommand, bool isLast, int fragmentLength)
    {
        destination[0] = (byte)PduType.PDataTf;
        destination[1] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(destination[2..], checked((uint)fragmentLength + PdvHeaderLength));
        WritePdvHeader(destination[PduHeader.Length..], contextId, isCommand, isLast, fragmentLength);
    }

    /// <summary>Writes bytes as one or more PDUs. No bytes at all make one PDU with an empty fragment, when <paramref name="isLast"/>.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="contextId">The presentation context.</param>
    /// <param name="isCommand">The bytes belong to a command; else to a data set.</param>
    /// <param name="isLast">The command or data set ends with these bytes.</param>
    /// <param name="data">The bytes. Of an even length unless they are the last, as every command and data set is.</param>
    public void Write(IBufferWriter<byte> output, byte contextId, bool isCommand, bool isLast, ReadOnlySpan<byte> data)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (MaxFragmentLength == 0)
            throw new InvalidOperationException("The framing was not constructed.");
        if (data.IsEmpty && !isLast)
            return;

        do
        {
            var length = Math.Min(data.Length, MaxFragmentLength);
            var span = output.GetSpan(HeaderLength + length);
            WriteHeader(span, contextId, isCommand, isLast && length == data.Length, length);
            data[..length].CopyTo(span[HeaderLength..]);
            output.Advance(HeaderLength + length);
            data = data[length..];
        }
        while (!data.IsEmpty);
    }

    internal static void WritePdvHeader(Span<byte> destination, byte contextId, bool isCommand, bool isLast, int fragmentLength)
    {
        if ((contextId & 1) == 0)
            throw new ArgumentOutOfRangeException(nameof(contextId), contextId, "Presentation context ids are odd.");
        BinaryPrimitives.WriteUInt32BigEndian(destination, checked((uint)fragmentLength + 2));
        destination[4] = contextId;
        destination[5] = (byte)((isCommand ? 1 : 0) | (isLast ? 2 : 0));
    }
}
