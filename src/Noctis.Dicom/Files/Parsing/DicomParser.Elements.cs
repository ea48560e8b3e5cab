using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Parsing;

/// <content>What each header means at the level where it stands.</content>
internal sealed partial class DicomParser
{
    private void OnHeader(ReadOnlySpan<byte> input, ReadOnlyMemory<byte> stable, ref int at)
    {
        if (++_elementCount > _options.Limits.MaxElementCount)
            throw Fault($"The data set has more than {_options.Limits.MaxElementCount} elements, the limit set for it.", _header.Tag, _headerPosition);
        switch (Top.Kind)
        {
            case FrameKind.Sequence:
                OnSequencePart();
                break;
            case FrameKind.Fragments:
                if (OnFragmentsPart())
                    BeginValue(input, stable, ref at);
                break;
            default:
                if (_header.Tag.Group == ElementHeader.ItemGroup)
                    OnDelimiter();
                else if (OnElement())
                    BeginValue(input, stable, ref at);
                break;
        }
    }

    /// <summary>Between items: another item, or the end (PS3.5 7.5.1, 7.5.2).</summary>
    private void OnSequencePart()
    {
        ref var sequence = ref Top;
        if (_header.Tag == ElementHeader.SequenceDelimitation)
        {
            // Deviates from PS3.5 7.5.2 because some writers end a sequence of known length with a delimiter as well.
            if (sequence.End >= 0 && sequence.End != _position)
                throw Fault("A delimiter ends the sequence before its length does.", sequence.Tag, _headerPosition);
            Close();
            return;
        }

        if (_header.Tag != ElementHeader.Item)
            throw Fault($"{_header.Tag} stands where an item of the sequence should begin.", sequence.Tag, _headerPosition);
        if (!_header.HasUndefinedLength)
            CheckLength(sequence.Tag);
        if (sequence.IsSkipped && !_header.HasUndefinedLength)
        {
            PassOver();
            return;
        }

        DicomDataset? dataset = null;
        if (!sequence.IsSkipped)
        {
            Hold(0, sequence.Tag, ParserLimits.ItemOverhead);
            dataset = new DicomDataset();
            sequence.Sequence!.Items.Add(dataset);
            if (_frameCount == 2)
                _options.ItemBegun?.Invoke(sequence.Tag, _headerPosition, dataset);
        }

        var end = _header.HasUndefinedLength ? -1 : _position + _header.Length;
        Open(new ParserFrame
        {
            Kind = FrameKind.Item,
            Encoding = sequence.Encoding,
            Tag = sequence.Tag,
            End = end,
            Limit = end < 0 ? sequence.Limit : end,
            Start = _headerPosition,
            IsSkipped = sequence.IsSkipped,
            Dataset = dataset,
        });
    }

    /// <summary>Between fragments: another one, or the end (PS3.5 A.4). True when its value is to be kept.</summary>
    private bool OnFragmentsPart()
    {
        ref var fragments = ref Top;
        if (_header.Tag == ElementHeader.SequenceDelimitation)
        {
            Close();
            return false;
        }

        if (_header.Tag != ElementHeader.Item)
            throw Fault($"{_header.Tag} stands where a fragment should begin.", fragments.Tag, _headerPosition);
        if (_header.HasUndefinedLength)
            throw Fault("A fragment has undefined length.", fragments.Tag, _headerPosition);
        CheckLength(fragments.Tag);
        if (!fragments.IsSkipped && DefersFragments(ref fragments))
            fragments.Fragments = null;
        if (fragments.Fragments is null)
        {
            PassOver();
            return false;
        }

        Hold(_header.Length, fragments.Tag);
        _position += _header.Length;
        return true;
    }

    /// <summary>A delimiter where an element could stand.</summary>
    private void OnDelimiter()
    {
        ref var level = ref Top;
        if (_header.Tag == ElementHeader.ItemDelimitation && level is { Kind: FrameKind.Item, End: < 0 })
        {
            Close();
            return;
        }

        if (_header.Tag == ElementHeader.Item)
            throw Fault("An item stands outside of any sequence.", null, _headerPosition);
        if (level is { Kind: FrameKind.Item, End: < 0 })
            throw Fault("The sequence ends inside an item; the item's delimiter is missing.", level.Tag, _headerPosition);

        // Deviates from PS3.5 7.5 because some writers add delimiters to items and sequences of known length: passed over.
        if (_header.Length != 0)
            throw Fault($"A delimiter that ends nothing has the length {_header.Length}.", null, _headerPosition);
    }

    /// <summary>An element of a data set. True when it has a value that is to be kept.</summary>
    private bool OnElement()
    {
        ref var level = ref Top;
        var tag = _header.Tag;
        _vr = _header.VR ?? ImplicitVR.Of(tag, level.Dataset);
        if (_header.HasUndefinedLength)
        {
            OpenUndefined(ref level);
            return false;
        }

        CheckLength(tag);
        if (!Keeps(ref level, _vr.IsSequence))
        {
            PassOver();
            return false;
        }

        if (_vr.IsSequence)
        {
            OpenSequence(ref level, DicomVR.SQ, level.Encoding, _position + _header.Length, keeps: true);
            return false;
        }

        if (IsAtRoot && _header.Length > _options.OmitAbove)
        {
            HasOmittedValues = true;
            PassOver();
            return false;
        }

        if (IsAtRoot && _header.Length > _options.DeferAbove)
        {
            Hold(0, tag);
            level.Dataset!.AddOrUpdate(new DicomDeferredElement(
                tag, _vr, _options.OpenSource!, _position, _header.Length, level.Encoding.IsBigEndian ? _vr.UnitSize : 1, isEncapsulated: false));
            PassOver();
            return false;
        }

        Hold(_header.Length, tag);
        _position += _header.Length;
        return true;
    }

    /// <summary>Undefined length: a sequence, or encapsulated pixel data (PS3.5 7.1.1, A.4).</summary>
    private void OpenUndefined(ref ParserFrame level)
    {
        var tag = _header.Tag;
        if (_vr.IsSequence || (_vr == DicomVR.UN && tag != DicomTag.PixelData))
        {
            // PS3.5 6.2.2, note 2: a UN of undefined length is a sequence whose items are implicit VR little endian.
            var isUnknown = _header.VR == DicomVR.UN;
            OpenSequence(
                ref level,
                isUnknown ? DicomVR.UN : DicomVR.SQ,
                isUnknown ? ElementEncoding.ImplicitLittle : level.Encoding,
                -1,
                Keeps(ref level, isSequence: true));
            return;
        }

        if (tag != DicomTag.PixelData && !_vr.Code.StartsWith('O'))
            throw Fault($"An element of VR {_vr} has undefined length.", tag, _headerPosition);
        var keeps = Keeps(ref level, isSequence: false);
        if (keeps)
            Hold(0, tag);
        Open(new ParserFrame
        {
            Kind = FrameKind.Fragments,
            Encoding = level.Encoding,
            Tag = tag,
            End = -1,
            Limit = level.Limit,
            Start = _headerPosition,
            IsSkipped = !keeps,
            Fragments = keeps ? [] : null,
            VR = _header.VR ?? DicomVR.OB,
        });
    }

    private void OpenSequence(ref ParserFrame level, DicomVR vr, ElementEncoding encoding, long end, bool keeps)
    {
        var tag = _header.Tag;
        if (++_depth > _options.Limits.MaxDepth)
            throw Fault($"Sequences are nested deeper than {_options.Limits.MaxDepth}, the limit set for them.", tag, _headerPosition);
        DicomSequence? sequence = null;
        if (keeps)
        {
            Hold(0, tag, ParserLimits.SequenceOverhead);
            sequence = new DicomSequence(tag, vr, []);
            level.Dataset!.AddOrUpdate(sequence);
        }

        Open(new ParserFrame
        {
            Kind = FrameKind.Sequence,
            Encoding = encoding,
            Tag = tag,
            End = end,
            Limit = end < 0 ? level.Limit : end,
            Start = _headerPosition,
            IsSkipped = sequence is null,
            Sequence = sequence,
        });
    }

    private void OnValue(ReadOnlyMemory<byte> value, bool owned)
    {
        ref var level = ref Top;
        if (level.Kind == FrameKind.Fragments)
        {
            level.Fragments!.Add(value);
            return;
        }

        if (level.Encoding.IsBigEndian && _vr.UnitSize > 1 && value.Length > 1)
        {
            var swapped = owned && System.Runtime.InteropServices.MemoryMarshal.TryGetArray(value, out var array)
                ? array.AsMemory()
                : value.ToArray();
            ByteOrder.Swap(swapped.Span, _vr.UnitSize);
            value = swapped;
        }

        level.Dataset!.AddOrUpdate(new DicomValueElement(_header.Tag, _vr, value));
        if (_header.VR is null && ImplicitVR.IsAmbiguous(_header.Tag))
            (_ambiguous ??= []).Add((level.Dataset, _header.Tag));
    }

    private void OnFragmentsEnd()
    {
        ref var fragments = ref Top;
        if (fragments.IsSkipped)
            return;
        var dataset = _frames[_frameCount - 2].Dataset!;
        if (fragments.Fragments is { } kept)
        {
            var table = kept.Count > 0 ? kept[0] : default;
            dataset.AddOrUpdate(new DicomFragmentSequence(fragments.Tag, fragments.VR!, table, kept.Skip(1)));
            return;
        }

        // The value field of the element, from the first item to the delimiter, the delimiter included.
        const int headerOfUndefinedLength = 12;
        var begin = fragments.Start + (fragments.Encoding.IsExplicitVR ? headerOfUndefinedLength : 8);
        dataset.AddOrUpdate(new DicomDeferredElement(
            fragments.Tag, fragments.VR!, _options.OpenSource!, begin, _position - begin, 1, isEncapsulated: true));
    }

    private bool DefersFragments(ref ParserFrame fragments) =>
        _frameCount == 2 && _position + _header.Length - fragments.Start > _options.DeferAbove;

    private bool Keeps(ref ParserFrame level, bool isSequence) =>
        level.Kind == FrameKind.Root
            ? !_keepsNothing && (_options.Keep?.Invoke(_header.Tag, isSequence) ?? true)
            : !level.IsSkipped;

    private void PassOver()
    {
        _skip = _header.Length;
        _position += _header.Length;
    }

    private void CheckLength(DicomTag tag)
    {
        var limit = Top.Limit;
        if (_header.Length <= limit - _position)
            return;
        throw Fault(
            limit == _options.End
                ? $"The value is {_header.Length} bytes long, and the data ends after {limit - _position} of them."
                : $"The value is {_header.Length} bytes long, and what it stands in ends after {limit - _position} of them.",
            tag,
            _headerPosition);
    }

    /// <summary>Checks a value against the limits, before memory is taken for it.</summary>
    private void Hold(long length, DicomTag tag, int overhead = ParserLimits.ElementOverhead)
    {
        if (length > _options.Limits.MaxElementLength)
            throw Fault($"The value is {length} bytes long, more than the limit of {_options.Limits.MaxElementLength} set for one value.", tag, _headerPosition);
        _held += length + overhead;
        if (_held > _options.Limits.MaxHeldBytes)
            throw Fault($"The data set takes more than {_options.Limits.MaxHeldBytes} bytes, the limit set for it.", tag, _headerPosition);
    }

    private List<(DicomDataset Dataset, DicomTag Tag)>? _ambiguous;

    private void ResolveAmbiguous()
    {
        if (_ambiguous is null)
            return;
        foreach (var (dataset, tag) in _ambiguous)
            ImplicitVR.Resolve(dataset, tag, Root);
        _ambiguous = null;
    }
}
