using System.Buffers;
using System.Buffers.Binary;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Parsing;

namespace Noctis.Dicom.Files.Writing;

/// <summary>Encodes elements (PS3.5 7) into a buffer writer.</summary>
internal sealed class ElementWriter(IBufferWriter<byte> output, DicomTransferSyntax syntax, DicomWriteOptions options)
{
    /// <summary>A multiple of every unit that is swapped.</summary>
    private const int ChunkSize = 32 * 1024;

    private readonly DatasetMeasure _measure = new(options);

    public ElementEncoding Encoding { get; } = ElementEncoding.Of(syntax);

    public void WriteDataset(DicomDataset dataset)
    {
        foreach (var element in dataset)
            WriteElement(element, dataset);
    }

    /// <summary>Writes one top-level element.</summary>
    public void WriteElement(DicomElement element, DicomDataset dataset) => Write(element, dataset, Encoding);

    /// <summary>Writes all of a top-level deferred element but its value; the number of padding bytes due after that is returned.</summary>
    public int WriteDeferredHeader(DicomDeferredElement deferred)
    {
        if (deferred.IsEncapsulated)
        {
            RequireEncapsulation(deferred);
            WriteHeader(deferred.Tag, deferred.VR, ElementHeader.UndefinedLength, Encoding);
            return 0;
        }

        var padding = (int)(deferred.Length & 1);
        var length = deferred.Length + padding;
        WriteHeader(deferred.Tag, DatasetMeasure.WrittenVR(deferred.VR, length), (uint)length, Encoding);
        return padding;
    }

    /// <summary>Turns a piece of a deferred value, which begins at a multiple of 8 bytes, from the file's byte order to the one written.</summary>
    public void Reorder(Span<byte> piece, DicomDeferredElement deferred)
    {
        var writtenUnit = SwapUnit(DatasetMeasure.WrittenVR(deferred.VR, deferred.Length), Encoding);
        if (!deferred.IsEncapsulated && writtenUnit != deferred.UnitToSwap)
            ByteOrder.Swap(piece, Math.Max(writtenUnit, deferred.UnitToSwap));
    }

    private void Write(DicomElement element, DicomDataset dataset, ElementEncoding encoding)
    {
        switch (element)
        {
            case DicomValueElement { Length: 3 or 4 } value when value.Tag.IsGroupLength && value.VR == DicomVR.UL:
                WriteGroupLength(value, dataset, encoding);
                break;
            case DicomValueElement value:
                WriteValue(value, encoding);
                break;
            case DicomSequence sequence:
                WriteSequence(sequence, encoding);
                break;
            case DicomFragmentSequence fragments:
                RequireEncapsulation(fragments);
                WriteHeader(fragments.Tag, fragments.VR, ElementHeader.UndefinedLength, encoding);
                WriteFragment(fragments.OffsetTable, encoding);
                foreach (var fragment in fragments.Fragments)
                    WriteFragment(fragment, encoding);
                WriteItemHeader(ElementHeader.SequenceDelimitation, 0, encoding);
                break;
            case DicomDeferredElement deferred:
                WriteDeferred(deferred);
                break;
            default:
                throw new DicomDataException($"An element of type {element.GetType().Name} cannot be written.", element.Tag);
        }
    }

    /// <summary>Group lengths are of the encoding, not of the data: they are counted anew (PS3.5 7.2).</summary>
    private void WriteGroupLength(DicomValueElement element, DicomDataset dataset, ElementEncoding encoding)
    {
        var length = _measure.GroupLength(dataset, element.Tag.Group, encoding);
        var value = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(value, (uint)Math.Min(length, uint.MaxValue));
        WriteValue(new DicomValueElement(element.Tag, element.VR, value), encoding);
    }

    private void WriteValue(DicomValueElement element, ElementEncoding encoding)
    {
        var padding = element.Length & 1;
        var vr = DatasetMeasure.WrittenVR(element.VR, (long)element.Length + padding);
        WriteHeader(element.Tag, vr, (uint)(element.Length + (long)padding), encoding);
        var unit = SwapUnit(vr, encoding);
        if (unit > 1)
            WriteSwapped(element.Value.Span, unit);
        else
            WriteBytes(element.Value);
        if (padding > 0)
            WriteByte(element.VR.PaddingByte);
    }

    private void WriteSequence(DicomSequence sequence, ElementEncoding encoding)
    {
        var inner = DatasetMeasure.ContentEncoding(sequence, encoding);
        var isUndefined = _measure.IsUndefined(sequence, encoding);
        WriteHeader(
            sequence.Tag,
            sequence.VR,
            isUndefined ? ElementHeader.UndefinedLength : (uint)_measure.ContentLength(sequence, encoding),
            encoding);
        foreach (var item in sequence.Items)
        {
            var isItemUndefined = _measure.IsUndefined(item, inner);
            WriteItemHeader(
                ElementHeader.Item,
                isItemUndefined ? ElementHeader.UndefinedLength : (uint)_measure.DatasetLength(item, inner),
                inner);
            foreach (var element in item)
                Write(element, item, inner);
            if (isItemUndefined)
                WriteItemHeader(ElementHeader.ItemDelimitation, 0, inner);
        }

        if (isUndefined)
            WriteItemHeader(ElementHeader.SequenceDelimitation, 0, inner);
    }

    private void WriteFragment(ReadOnlyMemory<byte> fragment, ElementEncoding encoding)
    {
        var padding = fragment.Length & 1;
        WriteItemHeader(ElementHeader.Item, (uint)(fragment.Length + (long)padding), encoding);
        WriteBytes(fragment);
        if (padding > 0)
            WriteByte(0);
    }

    private void WriteDeferred(DicomDeferredElement deferred)
    {
        var padding = WriteDeferredHeader(deferred);
        using var source = deferred.OpenRead();
        var left = deferred.Length;
        while (left > 0)
        {
            var piece = output.GetSpan(ChunkSize)[..(int)Math.Min(ChunkSize, left)];
            source.ReadExactly(piece);
            Reorder(piece, deferred);
            output.Advance(piece.Length);
            left -= piece.Length;
        }

        if (padding > 0)
            WriteByte(deferred.VR.PaddingByte);
    }

    private void RequireEncapsulation(DicomElement element)
    {
        if (!syntax.IsEncapsulated)
            throw new DicomDataException($"Encapsulated pixel data cannot be written in {syntax}.", element.Tag);
    }

    private static int SwapUnit(DicomVR vr, ElementEncoding encoding) => encoding.IsBigEndian ? vr.UnitSize : 1;

    private void WriteHeader(DicomTag tag, DicomVR vr, uint length, ElementEncoding encoding)
    {
        if (!encoding.IsExplicitVR)
        {
            WriteItemHeader(tag, length, encoding);
            return;
        }

        var header = output.GetSpan(ElementHeader.MaxSize);
        WriteTag(header, tag, encoding);
        header[4] = (byte)vr.Code[0];
        header[5] = (byte)vr.Code[1];
        if (vr.Uses32BitLength)
        {
            header[6] = 0;
            header[7] = 0;
            WriteUInt32(header[8..], length, encoding);
            output.Advance(12);
        }
        else
        {
            WriteUInt16(header[6..], (ushort)length, encoding);
            output.Advance(8);
        }
    }

    private void WriteItemHeader(DicomTag tag, uint length, ElementEncoding encoding)
    {
        var header = output.GetSpan(8);
        WriteTag(header, tag, encoding);
        WriteUInt32(header[4..], length, encoding);
        output.Advance(8);
    }

    private void WriteBytes(ReadOnlyMemory<byte> bytes)
    {
        if (output is OutputBuffer buffer)
            buffer.WriteOrRefer(bytes);
        else
            output.Write(bytes.Span);
    }

    private void WriteSwapped(ReadOnlySpan<byte> value, int unit)
    {
        while (!value.IsEmpty)
        {
            var count = Math.Min(ChunkSize, value.Length);
            var piece = output.GetSpan(count)[..count];
            value[..count].CopyTo(piece);
            ByteOrder.Swap(piece, unit);
            output.Advance(count);
            value = value[count..];
        }
    }

    private void WriteByte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    private static void WriteTag(Span<byte> bytes, DicomTag tag, ElementEncoding encoding)
    {
        WriteUInt16(bytes, tag.Group, encoding);
        WriteUInt16(bytes[2..], tag.Element, encoding);
    }

    private static void WriteUInt16(Span<byte> bytes, ushort value, ElementEncoding encoding)
    {
        if (encoding.IsBigEndian)
            BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
    }

    private static void WriteUInt32(Span<byte> bytes, uint value, ElementEncoding encoding)
    {
        if (encoding.IsBigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
    }
}
