using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Parsing;

namespace Noctis.Dicom.Files.Writing;

/// <summary>Encoded lengths of data sets, each counted once however deep it lies.</summary>
internal sealed class DatasetMeasure(DicomWriteOptions options)
{
    /// <summary>What a length field cannot say; FFFFFFFF means undefined.</summary>
    private const long TooLong = ElementHeader.UndefinedLength;

    /// <summary>Deeper data sets cannot be read back by anyone; a cycle would have no end at all.</summary>
    private const int MaxDepth = 512;

    private readonly Dictionary<(DicomDataset Dataset, bool IsExplicitVR), long> _items = [];
    private readonly Dictionary<(DicomDataset Dataset, bool IsExplicitVR), Dictionary<ushort, long>> _groups = [];
    private int _depth;

    /// <summary>
    /// Whether the sequence is ended by delimiters. In implicit VR that alone shows a reader that a private element, or one
    /// newer than its dictionary, is a sequence.
    /// </summary>
    public bool IsUndefined(DicomSequence sequence, ElementEncoding encoding) =>
        options.UndefinedSequenceLengths
        || sequence.VR == DicomVR.UN
        || (!encoding.IsExplicitVR && DicomDictionary.GetVR(sequence.Tag) != DicomVR.SQ)
        || ContentLength(sequence, encoding) >= TooLong;

    /// <summary>Whether the item is ended by a delimiter.</summary>
    public bool IsUndefined(DicomDataset item, ElementEncoding encoding) =>
        options.UndefinedSequenceLengths || DatasetLength(item, encoding) >= TooLong;

    public long DatasetLength(DicomDataset dataset, ElementEncoding encoding)
    {
        if (_items.TryGetValue((dataset, encoding.IsExplicitVR), out var known))
            return known;
        if (++_depth > MaxDepth)
            throw new DicomDataException($"Sequences are nested deeper than {MaxDepth}.");
        var length = 0L;
        foreach (var element in dataset)
            length += ElementLength(element, encoding);
        _depth--;
        _items.Add((dataset, encoding.IsExplicitVR), length);
        return length;
    }

    /// <summary>Bytes of the items of a sequence, without the delimiter after them.</summary>
    public long ContentLength(DicomSequence sequence, ElementEncoding encoding)
    {
        var inner = ContentEncoding(sequence, encoding);
        var length = 0L;
        foreach (var item in sequence.Items)
            length += 8 + DatasetLength(item, inner) + (IsUndefined(item, inner) ? 8 : 0);
        return length;
    }

    /// <summary>Bytes of a group's elements after its group length element (PS3.5 7.2).</summary>
    public long GroupLength(DicomDataset dataset, ushort group, ElementEncoding encoding)
    {
        // All groups in one pass: a data set may have a group length in each of its thousands of groups.
        if (!_groups.TryGetValue((dataset, encoding.IsExplicitVR), out var lengths))
        {
            _groups.Add((dataset, encoding.IsExplicitVR), lengths = []);
            foreach (var element in dataset)
            {
                if (element.Tag.Element != 0)
                    lengths[element.Tag.Group] = lengths.GetValueOrDefault(element.Tag.Group) + ElementLength(element, encoding);
            }
        }

        return lengths.GetValueOrDefault(group);
    }

    /// <summary>PS3.5 6.2.2, note 2: inside a UN of undefined length everything is implicit VR little endian.</summary>
    public static ElementEncoding ContentEncoding(DicomSequence sequence, ElementEncoding encoding) =>
        sequence.VR == DicomVR.UN && encoding.IsExplicitVR ? ElementEncoding.ImplicitLittle : encoding;

    /// <summary>
    /// The representation to write. A value too long for the 16-bit length field of its own goes out as UN (PS3.5 6.2.2).
    /// </summary>
    public static DicomVR WrittenVR(DicomVR vr, long evenLength) =>
        !vr.Uses32BitLength && evenLength > ushort.MaxValue ? DicomVR.UN : vr;

    private long ElementLength(DicomElement element, ElementEncoding encoding)
    {
        switch (element)
        {
            case DicomValueElement value:
                var even = Even(value.Length);
                return HeaderLength(WrittenVR(value.VR, even), encoding) + even;
            case DicomSequence sequence:
                return HeaderLength(sequence.VR, encoding) + ContentLength(sequence, encoding) + (IsUndefined(sequence, encoding) ? 8 : 0);
            case DicomFragmentSequence fragments:
                var content = 8 + Even(fragments.OffsetTable.Length) + 8;
                foreach (var fragment in fragments.Fragments)
                    content += 8 + Even(fragment.Length);
                return HeaderLength(fragments.VR, encoding) + content;
            case DicomDeferredElement deferred:
                var length = Even(deferred.Length);
                return HeaderLength(deferred.IsEncapsulated ? deferred.VR : WrittenVR(deferred.VR, length), encoding) + length;
            default:
                throw new DicomDataException($"An element of type {element.GetType().Name} cannot be written.", element.Tag);
        }
    }

    private static int HeaderLength(DicomVR vr, ElementEncoding encoding) =>
        encoding.IsExplicitVR && vr.Uses32BitLength ? 12 : 8;

    private static long Even(long length) => length + (length & 1);
}
