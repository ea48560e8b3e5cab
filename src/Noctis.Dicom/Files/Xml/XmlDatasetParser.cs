using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Text;

namespace Noctis.Dicom.Files.Xml;

/// <summary>
/// Builds a data set from the nodes of a document, one after the other, on stacks of its own: neither depth nor the way the
/// nodes come can hurt.
/// </summary>
internal sealed class XmlDatasetParser
{
    private readonly TagPath _path = new();
    private readonly TextLimits _limits;
    private readonly ValueFieldBuilder _builder;
    private readonly Stack<XmlDatasetFrame> _frames = new();
    private readonly ArrayBufferWriter<char> _text = new(256);
    private DicomDataset? _result;
    private XmlElementFrame? _element;
    private string?[]? _name;
    private string?[]? _components;
    private int _group;

    /// <summary>Text is collected in the leaf elements alone: what stands between others is indentation.</summary>
    private bool _isInLeaf;

    /// <summary>Depth of an unknown element that is passed over with all that is in it; -1: none.</summary>
    private int _passedOver = -1;

    public XmlDatasetParser(DicomTextReadOptions options)
    {
        _limits = new TextLimits(options, _path);
        _builder = new ValueFieldBuilder(_limits);
    }

    /// <summary>The data set, once the document is whole.</summary>
    public DicomDataset Result => _result ?? throw new DicomDataException("The document has no NativeDicomModel (PS3.19 A.1.5).");

    public void Take(XmlReader reader)
    {
        if (reader.NodeType == XmlNodeType.Element)
        {
            // Two levels for each sequence; the rest is for names and for what is passed over.
            if (reader.Depth > (2 * _limits.Options.MaxDepth) + 32)
                throw Fault(TextLimits.TooDeep(_limits.Options), reader);
            if (_passedOver >= 0)
                return;
            var isEmpty = reader.IsEmptyElement;
            var depth = reader.Depth;
            Begin(reader);
            if (!isEmpty)
                return;
            if (_passedOver == depth)
                _passedOver = -1;
            else
                End(reader);
        }
        else if (reader.NodeType == XmlNodeType.EndElement)
        {
            if (_passedOver < 0)
                End(reader);
            else if (_passedOver == reader.Depth)
                _passedOver = -1;
        }
    }

    public void TakeText(ReadOnlySpan<char> text, XmlReader reader)
    {
        if (_passedOver >= 0)
            return;
        if (_isInLeaf)
        {
            if (_element!.Kind == OutgoingKind.InlineBinary)
                _limits.CheckInline(_text.WrittenCount + text.Length, _element.Tag);
            else
                _limits.CheckText(_text.WrittenCount + text.Length, _element.Tag);
            _text.Write(text);
        }
        else if (!text.IsWhiteSpace())
        {
            throw Fault("Text stands where none belongs.", reader);
        }
    }

    private void Begin(XmlReader reader)
    {
        if (reader.NamespaceURI is not ("" or XmlDatasetEncoder.Namespace))
        {
            if (_frames.Count == 0)
                throw Fault("The root is not a NativeDicomModel (PS3.19 A.1.5).", reader);
            _passedOver = reader.Depth;
            return;
        }

        switch (reader.LocalName)
        {
            case "NativeDicomModel" when _frames.Count == 0:
                _frames.Push(new XmlDatasetFrame(new DicomDataset(), null));
                break;
            case "DicomAttribute" when _element is null && _frames.Count > 0:
                _element = BeginElement(reader);
                break;
            case "Item" when _element is not null && !_isInLeaf && _name is null:
                BeginItem(reader);
                break;
            case "Value" when _element is not null && !_isInLeaf && _name is null:
                BeginValue(reader, OutgoingKind.Texts);
                BeginLeaf();
                break;
            case "PersonName" when _element is not null && !_isInLeaf && _name is null:
                BeginValue(reader, OutgoingKind.PersonNames);
                _name = new string?[PersonNameGroups.Names.Length];
                break;
            case "InlineBinary" when _element is not null && !_isInLeaf && _name is null:
                BeginSingle(reader, OutgoingKind.InlineBinary);
                BeginLeaf();
                break;
            case "BulkData" when _element is not null && !_isInLeaf && _name is null:
                BeginSingle(reader, OutgoingKind.BulkData);
                _element.Uri = UriOf(reader);
                break;
            case var name when _name is not null && !_isInLeaf:
                BeginNamePart(name, reader);
                break;
            default:
                if (_frames.Count == 0)
                    throw Fault("The root is not a NativeDicomModel (PS3.19 A.1.5).", reader);
                if (_isInLeaf)
                    throw Fault("A value has elements within.", reader);
                _passedOver = reader.Depth;
                break;
        }
    }

    private void End(XmlReader reader)
    {
        if (_isInLeaf)
        {
            EndLeaf();
        }
        else if (_components is not null)
        {
            _name![_group] = string.Join('^', _components).TrimEnd('^');
            _components = null;
        }
        else if (_name is not null)
        {
            AddValue(PersonNameGroups.Join(_name));
            _name = null;
        }
        else if (_element is not null && reader.LocalName == "DicomAttribute")
        {
            EndElement(reader);
        }
        else if (_element is null)
        {
            EndDataset();
        }
    }

    private XmlElementFrame BeginElement(XmlReader reader)
    {
        var frame = _frames.Peek();
        if (reader.GetAttribute("tag") is not { Length: 8 } digits
            || !uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            throw Fault("The tag of a DicomAttribute is not eight hexadecimal digits (PS3.19 A.1.5).", reader);
        }

        var tag = new DicomTag(value);
        if (tag.Group == 0xFFFE)
            throw Fault("Items and delimiters are no elements.", reader, tag);
        if (reader.GetAttribute("privateCreator") is { } creator && !string.IsNullOrWhiteSpace(creator))
        {
            if (!tag.IsPrivate)
                throw Fault("An element of the standard names a private creator.", reader, tag);
            tag = frame.Reserve(tag, creator.Trim(), _builder) ?? throw Fault("The private blocks of the group are all taken (PS3.5 7.8.1).", reader, tag);
        }

        _limits.Count(tag);
        if (frame.Dataset.Contains(tag))
            throw Fault("The element is there twice.", reader, tag);
        DicomVR? vr = null;
        if (reader.GetAttribute("vr") is { } code && (vr = DicomVR.Lookup(code)) is null)
            throw Fault("\"vr\" is no value representation (PS3.5 6.2).", reader, tag);

        // PS3.19 Table A.1.5-2: vr is optional; the dictionary knows it, or what is in the element tells.
        if (vr is null && DicomDictionary.GetVRs(tag).Count > 0)
            vr = DicomDictionary.ResolveVR(tag, frame.Dataset);
        return new XmlElementFrame(tag, vr);
    }

    private void BeginItem(XmlReader reader)
    {
        BeginContent(OutgoingKind.Items, DicomVR.SQ, reader);
        CheckNumber(reader);
        var element = _element!;
        if (!element.VR!.IsSequence)
            throw Fault($"A {element.VR} has no items.", reader, element.Tag);
        if (element.Sequence is null)
        {
            element.Sequence = new DicomSequence(element.Tag);
            _limits.Enter(element.Tag);
        }

        _limits.Count(element.Tag);
        _path.NextItem();
        var item = new DicomDataset();
        element.Sequence.Items.Add(item);
        _frames.Push(new XmlDatasetFrame(item, element));
        _element = null;
    }

    private void BeginValue(XmlReader reader, OutgoingKind kind)
    {
        BeginContent(kind, kind == OutgoingKind.PersonNames ? DicomVR.PN : null, reader);
        CheckNumber(reader);
        var element = _element!;
        if (element.VR is not { } vr || vr.IsSequence)
            throw Fault("There is no \"vr\" that has values.", reader, element.Tag);
        if (kind == OutgoingKind.PersonNames && vr != DicomVR.PN)
            throw Fault($"A {vr} is no PersonName.", reader, element.Tag);
        if (element.Count++ == 0)
            _builder.Begin(element.Tag, vr);
    }

    private void BeginSingle(XmlReader reader, OutgoingKind kind)
    {
        if (_element!.Kind == kind)
            throw Fault("An element has one InlineBinary or BulkData at most (PS3.19 A.1.5).", reader, _element.Tag);
        BeginContent(kind, DicomVR.UN, reader);
        if (_element.VR!.IsSequence)
            throw Fault("A sequence has items, not bytes.", reader, _element.Tag);
    }

    private void BeginContent(OutgoingKind kind, DicomVR? implied, XmlReader reader)
    {
        var element = _element!;
        if (element.Kind != OutgoingKind.Empty && element.Kind != kind)
            throw Fault("An element has values of one kind (PS3.19 A.1.5).", reader, element.Tag);
        element.Kind = kind;
        element.VR ??= implied;
    }

    /// <summary>PS3.19 Table A.1.5-2: from 1, by 1.</summary>
    private void CheckNumber(XmlReader reader)
    {
        var expected = (_element!.Sequence?.Items.Count ?? _element.Count) + 1;
        if (reader.GetAttribute("number") is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number != expected))
        {
            throw Fault($"\"number\" is not {expected}.", reader, _element.Tag);
        }
    }

    private void BeginNamePart(string name, XmlReader reader)
    {
        if (_components is null)
        {
            // SingleByte is what the first editions called the alphabetic group.
            _group = name == "SingleByte" ? 0 : Array.IndexOf(PersonNameGroups.Names, name);
            if (_group < 0)
                _passedOver = reader.Depth;
            else if (_name![_group] is not null)
                throw Fault("A component group of a name is there twice.", reader, _element!.Tag);
            else
                _components = new string?[PersonNameGroups.Components.Length];
            return;
        }

        var component = Array.IndexOf(PersonNameGroups.Components, name);
        if (component < 0)
        {
            _passedOver = reader.Depth;
            return;
        }

        if (_components[component] is not null)
            throw Fault("A component of a name is there twice.", reader, _element!.Tag);
        _element!.Component = component;
        BeginLeaf();
    }

    private void BeginLeaf()
    {
        _text.ResetWrittenCount();
        _isInLeaf = true;
    }

    private void EndLeaf()
    {
        _isInLeaf = false;
        var element = _element!;
        if (_components is not null)
            _components[element.Component] = _text.WrittenSpan.ToString();
        else if (element.Kind == OutgoingKind.InlineBinary)
            element.Value = _builder.FromBase64(element.Tag, element.VR!, Encoding.UTF8.GetBytes(_text.WrittenSpan.ToArray()));
        else
            AddValue(_text.WrittenSpan);
    }

    private void AddValue(ReadOnlySpan<char> text)
    {
        var utf8 = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, utf8);
        if (utf8.Length == 0)
            _builder.AddEmpty();
        else
            _builder.AddText(utf8);
    }

    private void EndElement(XmlReader reader)
    {
        var element = _element!;
        _element = null;
        if (element.Sequence is not null)
            _path.Leave();

        // Deviates from PS3.19 A.1.1, which has no group lengths, because some writers put them in: left out.
        if (element.Tag.IsGroupLength)
            return;
        var vr = element.VR ?? DicomVR.UN;
        var dataset = _frames.Peek().Dataset;
        dataset.Add(element.Kind switch
        {
            OutgoingKind.Items => element.Sequence!,
            OutgoingKind.InlineBinary => element.Value!,
            OutgoingKind.BulkData => Resolve(element, vr, reader),
            OutgoingKind.Empty => vr.IsSequence ? new DicomSequence(element.Tag) : new DicomValueElement(element.Tag, vr, default),
            _ => _builder.ToElement(),
        });
    }

    private DicomElement Resolve(XmlElementFrame element, DicomVR vr, XmlReader reader)
    {
        var uri = element.Uri ?? throw Fault("A BulkData has neither uri nor uuid.", reader, element.Tag);
        var reference = new DicomBulkDataReference(element.Tag, vr, uri);
        return _limits.Options.ResolveBulkData?.Invoke(reference) ?? reference;
    }

    private void EndDataset()
    {
        var frame = _frames.Pop();
        _element = frame.Element;
        _builder.DeclareCharacterSet(frame.Dataset, isRoot: _frames.Count == 0);
        if (_frames.Count == 0)
            _result = frame.Dataset;
    }

    private string UriOf(XmlReader reader)
    {
        var uri = reader.GetAttribute("uri");
        var uuid = reader.GetAttribute("uuid");
        if (string.IsNullOrWhiteSpace(uri) == string.IsNullOrWhiteSpace(uuid))
            throw Fault("A BulkData has either uri or uuid (PS3.19 A.1.5).", reader, _element!.Tag);
        return string.IsNullOrWhiteSpace(uri) ? DicomBulkDataReference.UuidPrefix + uuid : uri;
    }

    private DicomDataException Fault(string message, XmlReader reader, DicomTag? tag = null)
    {
        var line = reader is IXmlLineInfo { LineNumber: > 0 } place
            ? string.Create(CultureInfo.InvariantCulture, $" (line {place.LineNumber}, position {place.LinePosition})")
            : "";
        return _limits.Fault(message + line, tag ?? _element?.Tag);
    }
}
