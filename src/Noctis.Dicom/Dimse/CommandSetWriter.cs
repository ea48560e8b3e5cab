using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse;

/// <summary>
/// Writes command sets in Implicit VR Little Endian, Command Group Length first (PS3.7 6.3.1). Elements have to be added in
/// the order of their tags. Used again for each message of an association; not thread safe.
/// </summary>
internal sealed class CommandSetWriter
{
    private const int GroupLengthElementLength = 12;

    private readonly ArrayBufferWriter<byte> _output = new(256);

    /// <summary>The command set as it was written last; valid until the next one is begun.</summary>
    public ReadOnlySpan<byte> Written => _output.WrittenSpan;

    /// <summary>Writes the command set of a message.</summary>
    public ReadOnlySpan<byte> Write(DimseMessage message)
    {
        _output.ResetWrittenCount();
        AddUInt32(DicomTag.CommandGroupLength, 0);
        message.WriteElements(this);
        var span = System.Runtime.InteropServices.MemoryMarshal.AsMemory(_output.WrittenMemory).Span;
        BinaryPrimitives.WriteUInt32LittleEndian(span[8..], (uint)(span.Length - GroupLengthElementLength));
        return span;
    }

    public void AddUInt16(DicomTag tag, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Begin(tag, 2), value);

    public void AddUInt32(DicomTag tag, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Begin(tag, 4), value);

    /// <summary>Adds a UID, padded with a zero byte to an even length (PS3.5 9.1); nothing for null.</summary>
    public void AddUid(DicomTag tag, string? value) => AddText(tag, value, 0);

    /// <summary>Adds text, padded with a space to an even length; nothing for null.</summary>
    public void AddText(DicomTag tag, string? value) => AddText(tag, value, (byte)' ');

    /// <summary>Adds an element of VR AT; nothing for no tags.</summary>
    public void AddTags(DicomTag tag, IReadOnlyList<DicomTag> values)
    {
        if (values.Count == 0)
            return;
        var span = Begin(tag, 4 * values.Count);
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(span, value.Group);
            BinaryPrimitives.WriteUInt16LittleEndian(span[2..], value.Element);
            span = span[4..];
        }
    }

    private void AddText(DicomTag tag, string? value, byte padding)
    {
        if (value is null)
            return;
        var even = (value.Length + 1) & ~1;
        var span = Begin(tag, even);
        Encoding.ASCII.GetBytes(value, span);
        if (even > value.Length)
            span[^1] = padding;
    }

    private Span<byte> Begin(DicomTag tag, int length)
    {
        const int HeaderLength = 8;
        var span = _output.GetSpan(HeaderLength + length)[..(HeaderLength + length)];
        BinaryPrimitives.WriteUInt16LittleEndian(span, tag.Group);
        BinaryPrimitives.WriteUInt16LittleEndian(span[2..], tag.Element);
        BinaryPrimitives.WriteUInt32LittleEndian(span[4..], (uint)length);
        _output.Advance(HeaderLength + length);
        return span[HeaderLength..];
    }
}
