using System.Buffers.Binary;
using System.Globalization;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Text;

/// <summary>Numbers between the notations of DICOM (PS3.5 6.2: IS, DS), of JSON (RFC 8259 6) and of XML Schema.</summary>
internal static class NumberText
{
    /// <summary>The greatest whole number up to which a reader that has only doubles gets every one right.</summary>
    public const long MaxExact = (1L << 53) - 1;

    /// <summary>Characters of a DS (PS3.5 6.2).</summary>
    private const int DecimalLength = 16;

    /// <summary>
    /// The JSON number with the same digits as an IS or DS, for what is one: "+05" is 5, ".50" is 0.50. Null for anything
    /// else, for what is out of the range of a double, and for a DS of more than 16 characters, which a reader of the number
    /// would have to shorten (PS3.18 F.2.3, note): those are strings.
    /// </summary>
    public static string? ToJson(string text, DicomVR vr)
    {
        if (vr == DicomVR.DS && text.Length > DecimalLength)
            return null;
        var at = 0;
        var sign = "";
        if (at < text.Length && text[at] is '+' or '-')
            sign = text[at++] == '-' ? "-" : "";
        var whole = Digits(text, ref at);
        var fraction = "";
        var hasPoint = at < text.Length && text[at] == '.';
        if (hasPoint)
        {
            at++;
            fraction = Digits(text, ref at);
        }

        if (whole.Length + fraction.Length == 0)
            return null;
        var exponent = text[at..];
        if ((hasPoint || exponent.Length > 0) && vr == DicomVR.IS)
            return null;
        if (exponent.Length > 0 && !IsExponent(exponent))
            return null;
        whole = whole.TrimStart('0');
        var number = $"{sign}{(whole.Length == 0 ? "0" : whole)}{(fraction.Length == 0 ? "" : "." + fraction)}{exponent}";
        return DicomValueReader.ParseDouble(number) is null ? null : number;
    }

    /// <summary>
    /// The text of an IS or DS for a number of JSON. Digits are kept as long as they fit the 16 characters of a DS; a whole
    /// number in another notation ("1e3", "5.0") is spelled out for an IS.
    /// </summary>
    public static string FromJson(string number, DicomVR vr)
    {
        if (vr == DicomVR.IS)
        {
            return number.AsSpan().ContainsAny('.', 'e', 'E')
                && DicomValueReader.ParseDouble(number) is { } value && Math.Floor(value) == value && Math.Abs(value) <= MaxExact
                ? ((long)value).ToString(CultureInfo.InvariantCulture)
                : number;
        }

        if (number.Length <= DecimalLength)
            return number;
        var shorter = number.StartsWith("0.", StringComparison.Ordinal) ? number[1..]
            : number.StartsWith("-0.", StringComparison.Ordinal) ? "-" + number[2..]
            : number;
        if (shorter.Length <= DecimalLength || DicomValueReader.ParseDouble(number) is not { } exact)
            return shorter;
        var text = shorter;
        for (var digits = DecimalLength; text.Length > DecimalLength; digits--)
            text = exact.ToString($"G{digits}", CultureInfo.InvariantCulture);
        return text;
    }

    /// <summary>A binary floating point number, which may be none: the names are those of XML Schema.</summary>
    public static string OfDouble(double value) => double.IsFinite(value)
        ? value.ToString("R", CultureInfo.InvariantCulture)
        : double.IsNaN(value) ? "NaN" : value > 0 ? "INF" : "-INF";

    /// <inheritdoc cref="OfDouble"/>
    public static string OfSingle(float value) =>
        float.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : OfDouble(value);

    /// <summary>Reads what <see cref="OfDouble"/> writes, and what others write for the same.</summary>
    public static bool TryParseFloating(ReadOnlySpan<byte> utf8, out double value)
    {
        if (double.TryParse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            return true;
        Span<char> name = stackalloc char[12];
        if (utf8.Length > name.Length || !System.Text.Ascii.IsValid(utf8))
            return false;
        System.Text.Ascii.ToUtf16(utf8, name, out var length);
        name = name[..length].Trim();
        value = name.StartsWith("-") ? double.NegativeInfinity : double.PositiveInfinity;
        if (name.StartsWith("-") || name.StartsWith("+"))
            name = name[1..];
        return name.Equals("inf", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The values of a binary representation with numbers, or of AT as eight hexadecimal digits each.</summary>
    public static List<string> Of(ReadOnlySpan<byte> value, DicomVR vr)
    {
        var size = vr == DicomVR.AT ? 4 : vr.UnitSize;
        var texts = new List<string>(value.Length / size);
        for (; value.Length >= size; value = value[size..])
        {
            texts.Add(vr.Code switch
            {
                "AT" => new DicomTag(BinaryPrimitives.ReadUInt16LittleEndian(value), BinaryPrimitives.ReadUInt16LittleEndian(value[2..])).ToJsonString(),
                "US" => BinaryPrimitives.ReadUInt16LittleEndian(value).ToString(CultureInfo.InvariantCulture),
                "SS" => BinaryPrimitives.ReadInt16LittleEndian(value).ToString(CultureInfo.InvariantCulture),
                "UL" => BinaryPrimitives.ReadUInt32LittleEndian(value).ToString(CultureInfo.InvariantCulture),
                "SL" => BinaryPrimitives.ReadInt32LittleEndian(value).ToString(CultureInfo.InvariantCulture),
                "UV" => BinaryPrimitives.ReadUInt64LittleEndian(value).ToString(CultureInfo.InvariantCulture),
                "SV" => BinaryPrimitives.ReadInt64LittleEndian(value).ToString(CultureInfo.InvariantCulture),
                "FL" => OfSingle(BinaryPrimitives.ReadSingleLittleEndian(value)),
                _ => OfDouble(BinaryPrimitives.ReadDoubleLittleEndian(value)),
            });
        }

        return texts;
    }

    private static string Digits(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return text[start..at];
    }

    private static bool IsExponent(string text)
    {
        var digits = text.AsSpan(1);
        if (digits.Length > 0 && digits[0] is '+' or '-')
            digits = digits[1..];
        return text[0] is 'e' or 'E' && digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9');
    }
}
