using System.Buffers;

namespace Noctis.Dicom.Network.Pdus;

/// <summary>Carries fragments of messages: P-DATA-TF (PS3.8 9.3.5, Table 9-22).</summary>
/// <remarks>
/// <code>
///  byte   field
///  1      PDU type, 04H
///  2      reserved, sent as 00H, not tested
///  3-6    PDU length
///  7-     one or more presentation data values (Table 9-23, E.2):
///         1-4   item length: the bytes that follow it, at least 2
///         5     presentation context id, odd
///         6     message control header: bit 0 set = command, bit 1 set = last fragment, others not tested
///         7-    fragment
/// </code>
/// The body is a slice of the buffer it was read from, valid only as long as that is. Reading it takes no memory.
/// On the hot path use <see cref="PduStreamReader"/>, which makes no object per PDU at all.
/// </remarks>
public sealed class PDataTf : Pdu
{
    internal PDataTf(ReadOnlySequence<byte> body) => Body = body;

    /// <summary>Makes a PDU of values, whose fragments are copied.</summary>
    /// <param name="values">One or more values.</param>
    public PDataTf(params ReadOnlySpan<PresentationDataValue> values)
    {
        if (values.IsEmpty)
            throw new ArgumentException("A P-DATA-TF holds one presentation data value at least.", nameof(values));

        var body = new ArrayBufferWriter<byte>();
        Span<byte> header = stackalloc byte[PDataFraming.PdvHeaderLength];
        foreach (var value in values)
        {
            PDataFraming.WritePdvHeader(header, value.ContextId, value.IsCommand, value.IsLast, checked((int)value.Fragment.Length));
            body.Write(header);
            foreach (var segment in value.Fragment)
                body.Write(segment.Span);
        }

        Body = new ReadOnlySequence<byte>(body.WrittenMemory);
    }

    /// <inheritdoc/>
    public override PduType Type => PduType.PDataTf;

    /// <summary>The presentation data values as they stand on the wire.</summary>
    public ReadOnlySequence<byte> Body { get; }

    /// <summary>Walks the presentation data values without copying.</summary>
    public Enumerator GetEnumerator() => new(Body);

    /// <summary>Walks the values of a body; throws <see cref="PduException"/> where one is not valid.</summary>
    public struct Enumerator
    {
        private ReadOnlySequence<byte> _rest;

        internal Enumerator(ReadOnlySequence<byte> body)
        {
            _rest = body;
            Current = default;
        }

        /// <summary>The value that was read last.</summary>
        public PresentationDataValue Current { get; private set; }

        /// <summary>Reads the next value.</summary>
        /// <returns>False at the end of the PDU.</returns>
        /// <exception cref="PduException">The value is not valid, or does not end inside the PDU.</exception>
        public bool MoveNext()
        {
            if (_rest.IsEmpty)
                return false;

            if (!PdvHeader.TryRead(ref _rest, (uint)_rest.Length, out var header))
                throw new PduException(AbortReason.InvalidPduParameterValue, "A presentation data value is cut off by the end of its P-DATA-TF.");

            Current = new PresentationDataValue(header.ContextId, header.IsCommand, header.IsLast, _rest.Slice(0, header.FragmentLength));
            _rest = _rest.Slice(header.FragmentLength);
            return true;
        }
    }
}
