using System.Buffers;
using System.Globalization;
using System.Xml;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Text;

namespace Noctis.Dicom.Files.Xml;

/// <summary>
/// Writes one data set. It is an iterator, so that one and the same code writes with and without blocking: who drives it may
/// move on what is pending at each yield.
/// </summary>
internal sealed class XmlDatasetEncoder(XmlWriter xml, DicomTextWriteOptions options)
{
    /// <summary>The namespace of the schema, PS3.19 A.1.6.</summary>
    public const string Namespace = "http://dicom.nema.org/PS3.19/models/NativeDICOM";

    private const int BinaryPiece = 48 * 1024;

    private readonly TagPath _path = new();

    public IEnumerable<bool> Write(DicomDataset dataset)
    {
        xml.WriteStartElement("NativeDicomModel", Namespace);

        // PS3.19 Table A.1.5-1: blanks count.
        xml.WriteAttributeString("xml", "space", null, "preserve");
        foreach (var _ in WriteElements(dataset))
            yield return true;
        xml.WriteEndElement();
    }

    private IEnumerable<bool> WriteElements(DicomDataset dataset)
    {
        var declares = _path.Depth == 0 && TextCharacterSet.IsMissing(dataset);
        foreach (var element in dataset)
        {
            // An empty declaration gives way to the one that the text needs.
            if (declares && element.Tag >= DicomTag.SpecificCharacterSet)
            {
                WriteDeclaration();
                declares = false;
                if (element.Tag == DicomTag.SpecificCharacterSet)
                    continue;
            }

            if (TextCharacterSet.IsDeclaration(element))
            {
                WriteDeclaration();
                continue;
            }

            // PS3.19 Table A.1.5-2: a private element names its creator, and the block is not sent.
            if (element.Tag.IsPrivateCreator && dataset.GetString(element.Tag) is not null)
                continue;
            var outgoing = OutgoingElement.Of(element, dataset, options, _path);
            if (outgoing.Kind == OutgoingKind.Omitted)
                continue;
            WriteStart(element.Tag, outgoing.VR, dataset.GetPrivateCreator(element.Tag));
            switch (outgoing.Kind)
            {
                case OutgoingKind.Empty:
                    break;
                case OutgoingKind.Items:
                    foreach (var _ in WriteItems((DicomSequence)element))
                        yield return true;
                    break;
                case OutgoingKind.InlineBinary:
                    foreach (var _ in WriteInline(outgoing.Value))
                        yield return true;
                    break;
                case OutgoingKind.BulkData:
                    WriteBulkData(outgoing.Uri!);
                    break;
                default:
                    WriteValues(outgoing, dataset);
                    break;
            }

            xml.WriteEndElement();
            yield return true;
        }

        if (declares)
            WriteDeclaration();
    }

    private void WriteStart(DicomTag tag, DicomVR vr, string? creator)
    {
        xml.WriteStartElement("DicomAttribute", Namespace);
        if (DicomDictionary.Find(tag) is { Keyword.Length: > 0 } known && !tag.IsPrivate)
            xml.WriteAttributeString("keyword", known.Keyword);

        // An element in a block that nobody reserved keeps its number: there is nothing else to know it by.
        xml.WriteAttributeString("tag", creator is null
            ? tag.ToJsonString()
            : new DicomTag(tag.Group, (ushort)(tag.Element & 0xFF)).ToJsonString());
        xml.WriteAttributeString("vr", vr.Code);
        if (creator is not null)
            xml.WriteAttributeString("privateCreator", XmlText.Clean(creator));
    }

    private void WriteDeclaration()
    {
        WriteStart(DicomTag.SpecificCharacterSet, DicomVR.CS, null);
        WriteNumbered("Value", 1);
        xml.WriteString(TextCharacterSet.Term);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private IEnumerable<bool> WriteItems(DicomSequence sequence)
    {
        if (_path.Depth >= TextLimits.MaxWrittenDepth)
            throw new DicomDataException($"Sequences are nested deeper than {TextLimits.MaxWrittenDepth}.", sequence.Tag);
        _path.Enter(sequence.Tag);
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            _path.NextItem();
            WriteNumbered("Item", i + 1);
            foreach (var _ in WriteElements(sequence.Items[i]))
                yield return true;
            xml.WriteEndElement();
        }

        _path.Leave();
    }

    private IEnumerable<bool> WriteInline(ReadOnlyMemory<byte> value)
    {
        xml.WriteStartElement("InlineBinary", Namespace);
        var piece = ArrayPool<byte>.Shared.Rent(BinaryPiece);
        try
        {
            for (var at = 0; at < value.Length; at += BinaryPiece)
            {
                var count = Math.Min(BinaryPiece, value.Length - at);
                value.Slice(at, count).CopyTo(piece);
                xml.WriteBase64(piece, 0, count);
                yield return true;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        xml.WriteEndElement();
    }

    private void WriteBulkData(string uri)
    {
        xml.WriteStartElement("BulkData", Namespace);
        if (uri.StartsWith(DicomBulkDataReference.UuidPrefix, StringComparison.OrdinalIgnoreCase))
            xml.WriteAttributeString("uuid", XmlText.Clean(uri[DicomBulkDataReference.UuidPrefix.Length..]));
        else
            xml.WriteAttributeString("uri", XmlText.Clean(uri));
        xml.WriteEndElement();
    }

    private void WriteValues(in OutgoingElement outgoing, DicomDataset dataset)
    {
        var values = outgoing.Kind == OutgoingKind.Numbers
            ? NumberText.Of(outgoing.Value.Span, outgoing.VR)
            : DicomValueReader.Strings((DicomValueElement)outgoing.Element, dataset);

        // Of padding alone: empty, as if there were none.
        if (values is [""])
            return;
        for (var i = 0; i < values.Count; i++)
        {
            if (outgoing.Kind == OutgoingKind.PersonNames)
            {
                WriteName(values[i], i + 1);
                continue;
            }

            WriteNumbered("Value", i + 1);
            xml.WriteString(XmlText.Clean(values[i], outgoing.VR));
            xml.WriteEndElement();
        }
    }

    /// <summary>Components as they are; what stands after a third "=" or a fifth "^" stays with the last one.</summary>
    private void WriteName(string value, int number)
    {
        WriteNumbered("PersonName", number);
        var groups = value.Split('=', PersonNameGroups.Names.Length);
        for (var i = 0; i < groups.Length; i++)
        {
            if (groups[i].Length == 0)
                continue;
            xml.WriteStartElement(PersonNameGroups.Names[i], Namespace);
            var components = groups[i].Split('^', PersonNameGroups.Components.Length);
            for (var c = 0; c < components.Length; c++)
            {
                if (components[c].Length > 0)
                    xml.WriteElementString(PersonNameGroups.Components[c], Namespace, XmlText.Clean(components[c]));
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void WriteNumbered(string name, int number)
    {
        xml.WriteStartElement(name, Namespace);
        xml.WriteAttributeString("number", number.ToString(CultureInfo.InvariantCulture));
    }
}
