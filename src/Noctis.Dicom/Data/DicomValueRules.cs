using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Noctis.Dicom.Data;

/// <summary>The rules of PS3.5 Table 6.2-1 for one value of each text representation.</summary>
internal static partial class DicomValueRules
{
    /// <summary>The rule that a value breaks; null when it breaks none.</summary>
    /// <param name="vr">A text representation.</param>
    /// <param name="value">One value, decoded, without the padding at the end of the field.</param>
    internal static string? Broken(DicomVR vr, string value)
    {
        if (!HasAllowedControls(vr, value))
        {
            return vr.IsMultiValued || vr == DicomVR.UR
                ? $"a {vr} has no control characters (PS3.5 6.2)"
                : $"a {vr} has no control characters but TAB, LF, FF and CR (PS3.5 6.2)";
        }

        if (vr == DicomVR.PN)
            return BrokenName(value);
        var content = vr.IsMultiValued ? value.Trim(' ') : value.TrimEnd(' ');

        if (content.Length == 0)
            return vr == DicomVR.AE ? "an AE is not spaces alone (PS3.5 6.2)" : null;

        // Padding within the limit counts as part of the value, padding beyond it does no harm.
        if (vr.MaxLength > 0 && Length(content) > vr.MaxLength)
            return string.Create(CultureInfo.InvariantCulture, $"a {vr} has {vr.MaxLength} characters at most (PS3.5 6.2)");
        return vr.Code switch
        {
            "AE" => Ascii.IsValid(content) ? null : "an AE has characters of the default repertoire (PS3.5 6.2)",
            "AS" => Age().IsMatch(content) ? null : "an AS is three digits and D, W, M or Y (PS3.5 6.2)",
            "CS" => Code().IsMatch(content) ? null : "a CS has upper case letters, digits, spaces and underscores (PS3.5 6.2)",
            "DA" => content.Length == 8 && DicomTemporal.TryParseDate(content, out _) ? null : "a DA is a day of the calendar as YYYYMMDD (PS3.5 6.2)",
            "DS" => Decimal().IsMatch(content) && DicomValueReader.ParseDouble(content) is not null ? null : "a DS is a decimal number, with a point and an exponent if any (PS3.5 6.2)",
            "DT" => Moment().IsMatch(content) && DicomTemporal.TryParseDateTime(content, out _) ? null : "a DT is YYYYMMDDHHMMSS.FFFFFF&ZZXX, cut after any part (PS3.5 6.2)",
            "IS" => Integer().IsMatch(content) && int.TryParse(content, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : "an IS is a whole number within 32 bits (PS3.5 6.2)",
            "TM" => Time().IsMatch(content) && DicomTemporal.TryParseTime(content, out _) ? null : "a TM is HHMMSS.FFFFFF, cut after any part (PS3.5 6.2)",
            "UI" => DicomUID.IsValid(value) ? null : "a UI has digits in components parted by dots, none of them with a leading zero (PS3.5 9.1)",
            "UR" => value[0] != ' ' && Uri.TryCreate(content, UriKind.RelativeOrAbsolute, out _) && Ascii.IsValid(content) && !content.Contains(' ', StringComparison.Ordinal)
                ? null : "a UR is a URI without spaces before it (PS3.5 6.2)",
            _ => null,
        };
    }

    private static string? BrokenName(string value)
    {
        var groups = value.TrimEnd(' ').Split('=');
        if (groups.Length > 3)
            return "a PN has three component groups at most (PS3.5 6.2.1)";
        if (groups.Any(g => g.Count(c => c == '^') > 4))
            return "a component group of a PN has five components at most (PS3.5 6.2.1)";
        return groups.Any(g => Length(g) > DicomVR.PN.MaxLength) ? "a component group of a PN has 64 characters at most (PS3.5 6.2)" : null;
    }

    private static bool HasAllowedControls(DicomVR vr, string value)
    {
        foreach (var c in value)
        {
            var isAllowed = !vr.IsMultiValued && vr != DicomVR.UR && c is '\t' or '\n' or '\f' or '\r';
            if (c < ' ' && !isAllowed)
                return false;
        }

        return true;
    }

    /// <summary>Characters, those of the supplementary planes once.</summary>
    private static int Length(string text)
    {
        var length = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
                length--;
        }

        return length;
    }

    [GeneratedRegex(@"^[0-9]{3}[DWMY]\z")]
    private static partial Regex Age();

    [GeneratedRegex(@"^[A-Z0-9 _]+\z")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([Ee][+-]?[0-9]+)?\z")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^[0-9]{4}([0-9]{2}([0-9]{2}([0-9]{2}([0-9]{2}([0-9]{2}(\.[0-9]{1,6})?)?)?)?)?)?([+-][0-9]{4})?\z")]
    private static partial Regex Moment();

    [GeneratedRegex(@"^[+-]?[0-9]+\z")]
    private static partial Regex Integer();

    [GeneratedRegex(@"^[0-9]{2}([0-9]{2}([0-9]{2}(\.[0-9]{1,6})?)?)?\z")]
    private static partial Regex Time();
}
