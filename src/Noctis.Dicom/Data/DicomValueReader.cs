using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Noctis.Dicom.Data;

/// <summary>Value fields to values. Nothing here throws on what a peer or a file may hold.</summary>
internal static class DicomValueReader
{
    internal static IReadOnlyList<string> Strings(DicomValueElement element, DicomDataset owner)
    {
        var vr = EffectiveVR(element, owner);
        var value = element.Value.Span;
        if (value.IsEmpty)
            return [];
        if (vr.UsesSpecificCharacterSet)
            return Trimmed(owner.CharacterSet.DecodeValues(value, vr), vr);
        if (vr.IsText)
            return vr.IsMultiValued ? AsciiText.Split(value) : [Encoding.Latin1.GetString(value).TrimEnd(' ', '\0')];
        if (!vr.IsMultiValued)
            return [];
        var texts = new string[Count(element, vr)];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = BinaryText(value, vr, i);
        return texts;
    }

    internal static Int128? Integer(DicomValueElement? element, DicomDataset owner, int index)
    {
        if (element is null || index < 0)
            return null;
        var vr = EffectiveVR(element, owner);
        if (!vr.IsText)
            return BinaryInteger(element.Value.Span, vr, index);
        var texts = Strings(element, owner);
        if (index >= texts.Count)
            return null;
        return ParseInteger(texts[index]);
    }

    internal static double? Number(DicomValueElement? element, DicomDataset owner, int index)
    {
        if (element is null || index < 0)
            return null;
        var vr = EffectiveVR(element, owner);
        if (vr.IsText)
        {
            var texts = Strings(element, owner);
            return index < texts.Count ? ParseDouble(texts[index]) : null;
        }

        var value = element.Value.Span;
        if (IsSingle(vr) || IsDouble(vr))
            return index < value.Length / vr.UnitSize ? Floating(value, vr, index) : null;
        return BinaryInteger(value, vr, index) is { } whole ? (double)whole : null;
    }

    internal static DicomTag? Tag(DicomValueElement? element, DicomDataset owner, int index)
    {
        if (element is null || index < 0 || EffectiveVR(element, owner) != DicomVR.AT || index >= Count(element, DicomVR.AT))
            return null;
        return TagAt(element.Value.Span, index);
    }

    /// <summary>How many values a binary element holds; bytes of an incomplete last one do not count.</summary>
    internal static int Count(DicomValueElement element, DicomVR vr) => element.Length / (vr == DicomVR.AT ? 4 : vr.UnitSize);

    /// <summary>What an element is when it was read as UN: what the dictionary says, little endian (PS3.5 6.2.2).</summary>
    internal static DicomVR EffectiveVR(DicomElement element, DicomDataset owner)
    {
        if (element.VR != DicomVR.UN)
            return element.VR;
        var resolved = DicomDictionary.ResolveVR(element.Tag, owner);
        return resolved.IsSequence ? DicomVR.UN : resolved;
    }

    /// <summary>A finite number in the notation of DS; null for anything else, decimal commas among them.</summary>
    internal static double? ParseDouble(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    /// <summary>A whole number; null for anything else.</summary>
    internal static Int128? ParseInteger(string text)
    {
        if (Int128.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole))
            return whole;

        // "512.0" is met where an IS should be.
        return ParseDouble(text) is { } number && Math.Abs(number) < long.MaxValue && Math.Floor(number) == number
            ? (Int128)number
            : null;
    }

    private static string[] Trimmed(IReadOnlyList<string> values, DicomVR vr)
    {
        var trimmed = new string[values.Count];
        for (var i = 0; i < trimmed.Length; i++)
        {
            // Leading spaces mean something in texts, not in the others (PS3.5 6.2).
            trimmed[i] = vr.IsMultiValued && vr != DicomVR.UC ? AsciiText.Trim(values[i]) : values[i].TrimEnd(' ', '\0');
        }

        return trimmed;
    }

    private static string BinaryText(ReadOnlySpan<byte> value, DicomVR vr, int index)
    {
        if (vr == DicomVR.AT)
            return TagAt(value, index).ToString();
        if (IsSingle(vr))
            return BinaryPrimitives.ReadSingleLittleEndian(value[(index * 4)..]).ToString("R", CultureInfo.InvariantCulture);
        return IsDouble(vr)
            ? Floating(value, vr, index).ToString("R", CultureInfo.InvariantCulture)
            : BinaryInteger(value, vr, index)?.ToString(CultureInfo.InvariantCulture) ?? "";
    }

    private static bool IsSingle(DicomVR vr) => vr == DicomVR.FL || vr == DicomVR.OF;

    private static bool IsDouble(DicomVR vr) => vr == DicomVR.FD || vr == DicomVR.OD;

    private static double Floating(ReadOnlySpan<byte> value, DicomVR vr, int index) => IsSingle(vr)
        ? BinaryPrimitives.ReadSingleLittleEndian(value[(index * 4)..])
        : BinaryPrimitives.ReadDoubleLittleEndian(value[(index * 8)..]);

    private static DicomTag TagAt(ReadOnlySpan<byte> value, int index) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(value[(index * 4)..]),
        BinaryPrimitives.ReadUInt16LittleEndian(value[((index * 4) + 2)..]));

    private static Int128? BinaryInteger(ReadOnlySpan<byte> value, DicomVR vr, int index)
    {
        if (index >= value.Length / vr.UnitSize)
            return null;
        var rest = value[(index * vr.UnitSize)..];
        return vr.Code switch
        {
            "US" or "OW" => BinaryPrimitives.ReadUInt16LittleEndian(rest),
            "SS" => BinaryPrimitives.ReadInt16LittleEndian(rest),
            "UL" or "OL" => BinaryPrimitives.ReadUInt32LittleEndian(rest),
            "SL" => BinaryPrimitives.ReadInt32LittleEndian(rest),
            "UV" or "OV" => BinaryPrimitives.ReadUInt64LittleEndian(rest),
            "SV" => BinaryPrimitives.ReadInt64LittleEndian(rest),
            "OB" => rest[0],
            _ => null,
        };
    }
}
