using System.Buffers.Binary;
using System.Globalization;

namespace Noctis.Dicom.Data;

/// <summary>Value fields to values. Nothing here throws on what a peer or a file may hold.</summary>
internal static class DicomValueReader
{
    internal static IReadOnlyList<string> Strings(DicomValueElement element, DicomDataset owner)
    {
        var vr = EffectiveVR(element);
        if (vr.UsesSpecificCharacterSet)
        {
            var values = owner.CharacterSet.DecodeValues(element.Value.Span, vr);
            return vr.IsMultiValued ? [.. values.Select(AsciiText.Trim)] : [.. values.Select(v => v.TrimEnd(' ', '\0'))];
        }

        if (vr.IsText)
            return vr.IsMultiValued ? AsciiText.Split(element.Value.Span) : [AsciiText.Trim(System.Text.Encoding.Latin1.GetString(element.Value.Span))];
        if (!vr.IsMultiValued && vr != DicomVR.AT)
            return [];
        var count = Count(element, vr);
        var texts = new string[count];
        for (var i = 0; i < count; i++)
        {
            texts[i] = vr == DicomVR.AT
                ? Tag(element, i).ToString()
                : vr == DicomVR.FL || vr == DicomVR.FD
                    ? (vr == DicomVR.FL
                        ? BinaryPrimitives.ReadSingleLittleEndian(element.Value.Span[(i * 4)..]).ToString("R", CultureInfo.InvariantCulture)
                        : BinaryPrimitives.ReadDoubleLittleEndian(element.Value.Span[(i * 8)..]).ToString("R", CultureInfo.InvariantCulture))
                    : BinaryInteger(element, vr, i)!.Value.ToString(CultureInfo.InvariantCulture);
        }

        return texts;
    }

    internal static Int128? Integer(DicomValueElement? element, DicomDataset owner, int index)
    {
        if (element is null || index < 0)
            return null;
        var vr = EffectiveVR(element);
        if (!vr.IsText)
            return BinaryInteger(element, vr, index);
        var texts = Strings(element, owner);
        if (index >= texts.Count)
            return null;
        if (Int128.TryParse(texts[index], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var v))
            return v;
        return double.TryParse(texts[index], NumberStyles.Float, CultureInfo.InvariantCulture, out var d)
            && Math.Abs(d) < 1e18 && Math.Floor(d) == d ? (Int128)d : null;
    }

    internal static double? Number(DicomValueElement? element, DicomDataset owner, int index)
    {
        if (element is null || index < 0)
            return null;
        var vr = EffectiveVR(element);
        if (vr.IsText)
        {
            var texts = Strings(element, owner);
            return index < texts.Count && double.TryParse(texts[index], NumberStyles.Float, CultureInfo.InvariantCulture, out var v) ? v : null;
        }

        var span = element.Value.Span;
        if (vr == DicomVR.FL || vr == DicomVR.OF)
            return (index + 1) * 4L <= span.Length ? BinaryPrimitives.ReadSingleLittleEndian(span[(index * 4)..]) : null;
        if (vr == DicomVR.FD || vr == DicomVR.OD)
            return (index + 1) * 8L <= span.Length ? BinaryPrimitives.ReadDoubleLittleEndian(span[(index * 8)..]) : null;
        return BinaryInteger(element, vr, index) is { } i ? (double)i : null;
    }

    internal static int Count(DicomValueElement element, DicomVR vr) => element.Length / (vr == DicomVR.AT ? 4 : vr.UnitSize);

    internal static DicomTag Tag(DicomValueElement element, int index)
    {
        var span = element.Value.Span[(index * 4)..];
        return new DicomTag(BinaryPrimitives.ReadUInt16LittleEndian(span), BinaryPrimitives.ReadUInt16LittleEndian(span[2..]));
    }

    /// <summary>UN of a known tag holds what the dictionary says, little endian (PS3.5 6.2.2).</summary>
    internal static DicomVR EffectiveVR(DicomElement element)
    {
        if (element.VR != DicomVR.UN)
            return element.VR;
        var known = DicomDictionary.GetVRs(element.Tag);
        return known.Count == 1 && !known[0].IsSequence ? known[0] : DicomVR.UN;
    }

    private static Int128? BinaryInteger(DicomValueElement element, DicomVR vr, int index)
    {
        var span = element.Value.Span;
        if (vr == DicomVR.AT || vr == DicomVR.FL || vr == DicomVR.FD || vr == DicomVR.UN || (index + 1L) * vr.UnitSize > span.Length)
            return null;
        span = span[(index * vr.UnitSize)..];
        return vr.Code switch
        {
            "US" or "OW" => BinaryPrimitives.ReadUInt16LittleEndian(span),
            "SS" => BinaryPrimitives.ReadInt16LittleEndian(span),
            "UL" or "OL" => BinaryPrimitives.ReadUInt32LittleEndian(span),
            "SL" => BinaryPrimitives.ReadInt32LittleEndian(span),
            "UV" or "OV" => BinaryPrimitives.ReadUInt64LittleEndian(span),
            "SV" => BinaryPrimitives.ReadInt64LittleEndian(span),
            "OB" => span[0],
            _ => null,
        };
    }
}
