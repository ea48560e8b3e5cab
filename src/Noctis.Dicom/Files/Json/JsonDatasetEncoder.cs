using System.Buffers.Binary;
using System.Text.Json;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Text;

namespace Noctis.Dicom.Files.Json;

/// <summary>
/// Writes one data set. It is an iterator, so that one and the same code writes with and without blocking: at each yield
/// enough is pending to be flushed, and who drives it flushes.
/// </summary>
internal sealed class JsonDatasetEncoder(Utf8JsonWriter json, DicomTextWriteOptions options)
{
    private const int WorthFlushing = 64 * 1024;

    /// <summary>A multiple of 3, which base64 takes together, some tens of KB.</summary>
    private const int BinaryPiece = 48 * 1024;

    private readonly TagPath _path = new();

    /// <summary>Levels of JSON for this many sequences within sequences: object, attribute, array for each, array of results.</summary>
    public static int LevelsFor(int depth) => (3 * (depth + 1)) + 2;

    public IEnumerable<bool> Write(DicomDataset dataset)
    {
        json.WriteStartObject();
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

            var outgoing = OutgoingElement.Of(element, dataset, options, _path);
            if (outgoing.Kind == OutgoingKind.Omitted)
                continue;
            json.WriteStartObject(element.Tag.ToJsonString());
            json.WriteString("vr"u8, outgoing.VR.Code);
            switch (outgoing.Kind)
            {
                case OutgoingKind.Empty:
                    break;
                case OutgoingKind.Items:
                    foreach (var _ in WriteItems((DicomSequence)element))
                        yield return true;
                    break;
                case OutgoingKind.InlineBinary:
                    json.WritePropertyName("InlineBinary"u8);
                    for (var at = 0; at < outgoing.Value.Length; at += BinaryPiece)
                    {
                        var piece = outgoing.Value[at..Math.Min(at + BinaryPiece, outgoing.Value.Length)];
                        json.WriteBase64StringSegment(piece.Span, isFinalSegment: at + BinaryPiece >= outgoing.Value.Length);
                        if (json.BytesPending > WorthFlushing)
                            yield return true;
                    }

                    break;
                case OutgoingKind.BulkData:
                    json.WriteString("BulkDataURI"u8, outgoing.Uri);
                    break;
                default:
                    WriteValues(outgoing, dataset);
                    break;
            }

            json.WriteEndObject();
            if (json.BytesPending > WorthFlushing)
                yield return true;
        }

        if (declares)
            WriteDeclaration();
        json.WriteEndObject();
    }

    private IEnumerable<bool> WriteItems(DicomSequence sequence)
    {
        if (_path.Depth >= TextLimits.MaxWrittenDepth)
            throw new DicomDataException($"Sequences are nested deeper than {TextLimits.MaxWrittenDepth}.", sequence.Tag);
        _path.Enter(sequence.Tag);
        json.WriteStartArray("Value"u8);
        foreach (var item in sequence.Items)
        {
            _path.NextItem();
            foreach (var _ in Write(item))
                yield return true;
        }

        json.WriteEndArray();
        _path.Leave();
    }

    private void WriteDeclaration()
    {
        json.WriteStartObject(DicomTag.SpecificCharacterSet.ToJsonString());
        json.WriteString("vr"u8, "CS"u8);
        json.WriteStartArray("Value"u8);
        json.WriteStringValue(TextCharacterSet.Term);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteValues(in OutgoingElement outgoing, DicomDataset dataset)
    {
        if (outgoing.Kind == OutgoingKind.Numbers)
        {
            json.WriteStartArray("Value"u8);
            WriteNumbers(outgoing.Value.Span, outgoing.VR);
            json.WriteEndArray();
            return;
        }

        var values = DicomValueReader.Strings((DicomValueElement)outgoing.Element, dataset);

        // Of padding alone: empty, as if there were none (PS3.18 F.2.5).
        if (values is [""])
            return;
        json.WriteStartArray("Value"u8);
        foreach (var value in values)
        {
            if (value.Length == 0)
                json.WriteNullValue();
            else if (outgoing.Kind == OutgoingKind.PersonNames)
                WriteName(value);
            else if (outgoing.Kind == OutgoingKind.DecimalTexts && NumberText.ToJson(value, outgoing.VR) is { } number)
                json.WriteRawValue(number, skipInputValidation: true);
            else
                json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>Component groups as they are; what stands after a third "=" stays with the third group.</summary>
    private void WriteName(string value)
    {
        var groups = value.Split('=', 3);
        if (groups.All(g => g.Length == 0))
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        for (var i = 0; i < groups.Length; i++)
        {
            if (groups[i].Length > 0)
                json.WriteString(PersonNameGroups.Names[i], groups[i]);
        }

        json.WriteEndObject();
    }

    private void WriteNumbers(ReadOnlySpan<byte> value, DicomVR vr)
    {
        var size = vr == DicomVR.AT ? 4 : vr.UnitSize;
        for (; !value.IsEmpty; value = value[size..])
        {
            switch (vr.Code)
            {
                case "AT":
                    json.WriteStringValue(new DicomTag(
                        BinaryPrimitives.ReadUInt16LittleEndian(value), BinaryPrimitives.ReadUInt16LittleEndian(value[2..])).ToJsonString());
                    break;
                case "US":
                    json.WriteNumberValue(BinaryPrimitives.ReadUInt16LittleEndian(value));
                    break;
                case "SS":
                    json.WriteNumberValue(BinaryPrimitives.ReadInt16LittleEndian(value));
                    break;
                case "UL":
                    json.WriteNumberValue(BinaryPrimitives.ReadUInt32LittleEndian(value));
                    break;
                case "SL":
                    json.WriteNumberValue(BinaryPrimitives.ReadInt32LittleEndian(value));
                    break;
                case "UV":
                    WriteLong(BinaryPrimitives.ReadUInt64LittleEndian(value));
                    break;
                case "SV":
                    WriteLong(BinaryPrimitives.ReadInt64LittleEndian(value));
                    break;
                case "FL":
                    WriteSingle(BinaryPrimitives.ReadSingleLittleEndian(value));
                    break;
                default:
                    WriteDouble(BinaryPrimitives.ReadDoubleLittleEndian(value));
                    break;
            }
        }
    }

    /// <summary>PS3.18 F.2.3, note: a string where a reader with doubles would lose precision.</summary>
    private void WriteLong(Int128 value)
    {
        if (Int128.Abs(value) <= NumberText.MaxExact)
            json.WriteNumberValue((long)value);
        else
            json.WriteStringValue(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private void WriteSingle(float value)
    {
        if (float.IsFinite(value) && value != 0)
            json.WriteNumberValue(value);
        else
            WriteDouble(value);
    }

    /// <summary>Deviates from PS3.18 Table F.2.3-1 because JSON has no number for infinities and NaN: strings.</summary>
    private void WriteDouble(double value)
    {
        if (!double.IsFinite(value))
            json.WriteStringValue(NumberText.OfDouble(value));
        else if (value == 0 && double.IsNegative(value))
            // Readers that tell whole numbers from others take -0 for the whole number 0.
            json.WriteRawValue("-0.0", skipInputValidation: true);
        else
            json.WriteNumberValue(value);
    }
}
