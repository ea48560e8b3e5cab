using System.Globalization;
using System.Text.Json;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Text;

namespace Noctis.Dicom.Files.Json;

/// <summary>Reads one data set that is all in memory. Recursion goes as deep as the limit of nested sequences.</summary>
internal sealed class JsonDatasetParser
{
    private const int TagDigits = 8;

    /// <summary>Names longer than this, escapes counted, are none that the model knows.</summary>
    private const int MaxNameLength = 64;

    private readonly TagPath _path = new();
    private readonly TextLimits _limits;
    private readonly ValueFieldBuilder _builder;

    /// <summary>Where the text began, in bytes from the start of the input.</summary>
    private readonly long _start;

    private byte[] _scratch = new byte[1024];

    public JsonDatasetParser(DicomTextReadOptions options, long start)
    {
        _limits = new TextLimits(options, _path);
        _builder = new ValueFieldBuilder(_limits);
        _start = start;
    }

    private enum Content
    {
        None,
        Value,
        InlineBinary,
        BulkDataUri,
    }

    public static JsonReaderOptions ReaderOptions(DicomTextReadOptions options) => new()
    {
        // Our own limit is met first, but for members that are passed over.
        MaxDepth = JsonDatasetEncoder.LevelsFor(options.MaxDepth) + 16,
    };

    /// <summary>Reads a data set whose opening brace the reader has just read.</summary>
    public DicomDataset Parse(ref Utf8JsonReader reader)
    {
        var dataset = new DicomDataset();
        ParseMembers(ref reader, dataset);
        return dataset;
    }

    private void ParseMembers(ref Utf8JsonReader reader, DicomDataset dataset)
    {
        while (Read(ref reader) != JsonTokenType.EndObject)
        {
            var tag = ParseTag(ref reader);
            _limits.Count(tag);
            if (dataset.Contains(tag))
                throw Fault("The element is there twice.", tag, ref reader);
            if (Read(ref reader) != JsonTokenType.StartObject)
                throw Fault("An element is an object with \"vr\" and its value (PS3.18 F.2.2).", tag, ref reader);
            var element = ParseElement(ref reader, tag, dataset);

            // Deviates from PS3.18 F.2.2, which has no group lengths, because some writers put them in: left out.
            if (!tag.IsGroupLength)
                dataset.Add(element);
        }

        _builder.DeclareCharacterSet(dataset, isRoot: _path.Depth == 0);
    }

    private DicomTag ParseTag(ref Utf8JsonReader reader)
    {
        var name = ReadName(ref reader, null);
        if (name.Length != TagDigits || !uint.TryParse(name, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            throw Fault("The name of an element is not eight hexadecimal digits (PS3.18 F.2.2).", null, ref reader);
        var tag = new DicomTag(value);
        return tag.Group != 0xFFFE ? tag : throw Fault("Items and delimiters are no elements.", tag, ref reader);
    }

    /// <summary>Reads what is in an element's braces. The representation may come after the value.</summary>
    private DicomElement ParseElement(ref Utf8JsonReader reader, DicomTag tag, DicomDataset dataset)
    {
        DicomVR? vr = null;
        DicomElement? element = null;
        var content = Content.None;
        Utf8JsonReader waiting = default;
        while (Read(ref reader) != JsonTokenType.EndObject)
        {
            var name = ReadName(ref reader, tag);
            var isVR = name.SequenceEqual("vr"u8);
            var found = ContentOf(name);
            Read(ref reader);
            if (isVR)
            {
                if (vr is not null)
                    throw Fault("\"vr\" is there twice.", tag, ref reader);
                vr = ParseVR(ref reader, tag);
            }
            else if (found == Content.None)
            {
                Skip(ref reader);
            }
            else
            {
                if (content != Content.None)
                    throw Fault("An element has at most one of \"Value\", \"InlineBinary\" and \"BulkDataURI\" (PS3.18 F.2.2).", tag, ref reader);
                content = found;
                if (vr is null)
                {
                    waiting = reader;
                    Skip(ref reader);
                }
                else
                {
                    element = ParseContent(ref reader, content, tag, vr);
                }
            }
        }

        vr ??= ImpliedVR(tag, content, dataset, ref reader);
        if (element is null && content != Content.None)
            element = ParseContent(ref waiting, content, tag, vr);
        return element ?? Empty(tag, vr);
    }

    private static Content ContentOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("Value"u8) ? Content.Value
        : name.SequenceEqual("InlineBinary"u8) ? Content.InlineBinary
        : name.SequenceEqual("BulkDataURI"u8) ? Content.BulkDataUri
        : Content.None;

    private DicomVR ParseVR(ref Utf8JsonReader reader, DicomTag tag)
    {
        if (reader.TokenType == JsonTokenType.String && ReadName(ref reader, tag) is [var first, var second]
            && DicomVR.Lookup(first, second) is { } vr)
        {
            return vr;
        }

        throw Fault("\"vr\" is no value representation (PS3.5 6.2).", tag, ref reader);
    }

    /// <summary>Deviates from PS3.18 F.2.2, which wants a vr, because some writers leave it out: the dictionary's.</summary>
    private DicomVR ImpliedVR(DicomTag tag, Content content, DicomDataset dataset, ref Utf8JsonReader reader)
    {
        if (DicomDictionary.GetVRs(tag).Count > 0)
            return DicomDictionary.ResolveVR(tag, dataset);
        return content == Content.Value
            ? throw Fault("There is no \"vr\", and the dictionary does not know the element.", tag, ref reader)
            : DicomVR.UN;
    }

    private DicomElement ParseContent(ref Utf8JsonReader reader, Content content, DicomTag tag, DicomVR vr)
    {
        switch (content)
        {
            case Content.BulkDataUri:
                return ParseReference(ref reader, tag, vr);
            case Content.InlineBinary:
                return ParseInline(ref reader, tag, vr);
            default:
                break;
        }

        if (reader.TokenType == JsonTokenType.Null)
            return Empty(tag, vr);
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Fault("\"Value\" is not an array (PS3.18 F.2.2).", tag, ref reader);
        if (vr.IsSequence)
            return ParseItems(ref reader, tag);
        _builder.Begin(tag, vr);
        while (Read(ref reader) != JsonTokenType.EndArray)
            ParseValue(ref reader, tag, vr);
        return _builder.ToElement();
    }

    private DicomSequence ParseItems(ref Utf8JsonReader reader, DicomTag tag)
    {
        var sequence = new DicomSequence(tag);
        _limits.Enter(tag);
        while (Read(ref reader) != JsonTokenType.EndArray)
        {
            _path.NextItem();
            _limits.Count(tag);
            var item = new DicomDataset();
            sequence.Items.Add(item);

            // Deviates from PS3.18 F.2.5, which has {} for an empty item, because some writers put null.
            if (reader.TokenType == JsonTokenType.StartObject)
                ParseMembers(ref reader, item);
            else if (reader.TokenType != JsonTokenType.Null)
                throw Fault("An item of a sequence is an object (PS3.18 F.2.2).", tag, ref reader);
        }

        _path.Leave();
        return sequence;
    }

    private void ParseValue(ref Utf8JsonReader reader, DicomTag tag, DicomVR vr)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                _builder.AddEmpty();
                break;
            case JsonTokenType.String:
                _builder.AddText(ReadString(ref reader, tag));
                break;
            case JsonTokenType.Number when vr != DicomVR.PN:
                _builder.AddNumber(reader.ValueSpan);
                break;
            case JsonTokenType.StartObject when vr == DicomVR.PN:
                _builder.AddText(ParseName(ref reader, tag));
                break;
            default:
                throw Fault($"A value is neither what a {vr} is in JSON nor null (PS3.18 F.2.3).", tag, ref reader);
        }
    }

    private byte[] ParseName(ref Utf8JsonReader reader, DicomTag tag)
    {
        var groups = new string?[PersonNameGroups.Names.Length];
        while (Read(ref reader) != JsonTokenType.EndObject)
        {
            var group = PersonNameGroups.IndexOf(ReadName(ref reader, tag));
            Read(ref reader);
            if (group < 0)
            {
                Skip(ref reader);
                continue;
            }

            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null) || groups[group] is not null)
                throw Fault("A component group of a name is one string (PS3.18 F.2.2).", tag, ref reader);
            groups[group] = reader.TokenType == JsonTokenType.Null
                ? ""
                : System.Text.Encoding.UTF8.GetString(ReadString(ref reader, tag));
        }

        return System.Text.Encoding.UTF8.GetBytes(PersonNameGroups.Join(groups));
    }

    private DicomElement ParseReference(ref Utf8JsonReader reader, DicomTag tag, DicomVR vr)
    {
        if (vr.IsSequence)
            throw Fault("A sequence is never bulk data (PS3.18 F.2.2).", tag, ref reader);
        if (reader.TokenType != JsonTokenType.String)
            throw Fault("\"BulkDataURI\" is not a string (PS3.18 F.2.2).", tag, ref reader);
        var uri = System.Text.Encoding.UTF8.GetString(ReadString(ref reader, tag));
        if (string.IsNullOrWhiteSpace(uri))
            throw Fault("\"BulkDataURI\" is empty.", tag, ref reader);
        var reference = new DicomBulkDataReference(tag, vr, uri);
        return _limits.Options.ResolveBulkData?.Invoke(reference) ?? reference;
    }

    private DicomElement ParseInline(ref Utf8JsonReader reader, DicomTag tag, DicomVR vr)
    {
        // Deviates from PS3.18 F.2.2 because the example of F.4 puts the string into an array.
        var isArray = reader.TokenType == JsonTokenType.StartArray;
        if (isArray)
            Read(ref reader);
        if (reader.TokenType == JsonTokenType.Null && !isArray)
            return Empty(tag, vr);
        if (reader.TokenType != JsonTokenType.String)
            throw Fault("\"InlineBinary\" is not a string (PS3.18 F.2.2).", tag, ref reader);
        _limits.CheckInline(reader.ValueIsEscaped ? 0 : reader.ValueSpan.Length, tag);
        var element = _builder.FromBase64(tag, vr, Copy(ref reader, tag));
        if (isArray && Read(ref reader) != JsonTokenType.EndArray)
            throw Fault("\"InlineBinary\" is one string (PS3.18 F.2.7).", tag, ref reader);
        return element;
    }

    private static DicomElement Empty(DicomTag tag, DicomVR vr) =>
        vr.IsSequence ? new DicomSequence(tag) : new DicomValueElement(tag, vr, default);

    /// <summary>A name or a short code, unescaped; empty for one that is longer than any we know.</summary>
    private ReadOnlySpan<byte> ReadName(ref Utf8JsonReader reader, DicomTag? tag) =>
        reader.ValueSpan.Length > MaxNameLength ? default : Copy(ref reader, tag);

    private ReadOnlySpan<byte> ReadString(ref Utf8JsonReader reader, DicomTag tag)
    {
        // An escape makes six bytes of one, not more.
        _limits.CheckText(reader.ValueIsEscaped ? reader.ValueSpan.Length / 6 : reader.ValueSpan.Length, tag);
        return Copy(ref reader, tag);
    }

    /// <summary>The string that the reader stands on, unescaped, until the next one is copied.</summary>
    private Span<byte> Copy(ref Utf8JsonReader reader, DicomTag? tag)
    {
        if (_scratch.Length < reader.ValueSpan.Length)
            _scratch = new byte[Math.Max(reader.ValueSpan.Length, Math.Min(_scratch.Length * 2L, Array.MaxLength))];
        try
        {
            return _scratch.AsSpan(0, reader.CopyString(_scratch));
        }
        catch (InvalidOperationException e)
        {
            throw Fault("A string is not valid Unicode.", tag, ref reader, e);
        }
    }

    private static JsonTokenType Read(ref Utf8JsonReader reader)
    {
        // The text is whole: where it ends too early the reader throws.
        reader.Read();
        return reader.TokenType;
    }

    private static void Skip(ref Utf8JsonReader reader) => reader.Skip();

    private DicomDataException Fault(string message, DicomTag? tag, ref Utf8JsonReader reader, Exception? cause = null) =>
        _limits.Fault(message, tag, _start + reader.TokenStartIndex, cause);
}
