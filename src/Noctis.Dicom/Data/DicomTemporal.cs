using System.Globalization;

namespace Noctis.Dicom.Data;

/// <summary>Dates and times as DICOM writes them (PS3.5 6.2: DA, TM, DT), read with tolerance, written strictly.</summary>
/// <remarks>Safe on any thread.</remarks>
public static class DicomTemporal
{
    /// <summary>
    /// Reads a DA: 20260131. Also, as met in files: 2026.01.31 of ACR-NEMA and with dashes or slashes, spaces or zero bytes
    /// around it, and a DT in its place. False for anything else, for 00000000 and for days that do not exist.
    /// </summary>
    public static bool TryParseDate(string? text, out DateOnly date)
    {
        date = default;
        var rest = Trim(text);
        if (rest.Length == 10 && rest[4] is '.' or '-' or '/' && rest[7] == rest[4])
            return IsDate(Digits(rest[..4]), Digits(rest[5..7]), Digits(rest[8..]), out date);
        if (rest.Length == 8)
            return IsDate(Digits(rest[..4]), Digits(rest[4..6]), Digits(rest[6..]), out date);
        if (rest.Length <= 8 || !TryParseDateTime(text, out var value) || value.Precision < DicomDateTimePrecision.Day)
            return false;
        date = DateOnly.FromDateTime(value.Local);
        return true;
    }

    /// <summary>
    /// Reads a TM: 14, 1430, 143015, 143015.123456. Also, as met in files: colons as of ACR-NEMA, more than six digits of
    /// fraction (cut at 100 ns), spaces or zero bytes around it. A leap second, 60, reads as 59. False for anything else.
    /// </summary>
    public static bool TryParseTime(string? text, out TimeOnly time) => TryReadTime(Trim(text), out time, out _);

    /// <summary>
    /// Reads a DT: 2026, 202601, … 20260131143015.123456+0100. Spaces or zero bytes around it do not count. False for
    /// anything else, and for offsets beyond 14 hours.
    /// </summary>
    public static bool TryParseDateTime(string? text, out DicomDateTime dateTime)
    {
        dateTime = default;
        var rest = Trim(text);
        TimeSpan? offset = null;
        if (rest.Length > 5 && rest[^5] is '+' or '-')
        {
            if (!TryParseOffset(rest[^5..], out var found))
                return false;
            offset = found;
            rest = rest[..^5].TrimEnd(' ');
        }

        var daysLength = Math.Min(rest.Length, 8);
        if (daysLength is not (4 or 6 or 8))
            return false;
        var month = daysLength >= 6 ? Digits(rest[4..6]) : 1;
        var day = daysLength == 8 ? Digits(rest[6..8]) : 1;
        if (!IsDate(Digits(rest[..4]), month, day, out var date))
            return false;
        var precision = (DicomDateTimePrecision)((daysLength / 2) - 2);
        var time = TimeOnly.MinValue;
        if (rest.Length > 8 && !TryReadTime(rest[8..], out time, out precision))
            return false;
        dateTime = new DicomDateTime(date.ToDateTime(time), offset, precision);
        return true;
    }

    /// <summary>Reads an offset from UTC as DT and Timezone Offset From UTC (0008,0201) have it: +0100, -0530.</summary>
    public static bool TryParseOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        text = text.Trim(" \0");
        if (text.Length != 5 || text[0] is not ('+' or '-'))
            return false;
        int hours = Digits(text[1..3]), minutes = Digits(text[3..]);
        if (hours is < 0 or > 14 || minutes is < 0 or > 59 || (hours == 14 && minutes > 0))
            return false;
        offset = new TimeSpan(hours, minutes, 0);
        if (text[0] == '-')
            offset = -offset;
        return true;
    }

    /// <summary>A DA: 20260131.</summary>
    public static string Format(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>A TM to the microsecond, without a fraction of zero: 143015 or 143015.123456.</summary>
    public static string Format(TimeOnly time) => time.Ticks % TimeSpan.TicksPerSecond < 10
        ? time.ToString("HHmmss", CultureInfo.InvariantCulture)
        : time.ToString("HHmmss'.'ffffff", CultureInfo.InvariantCulture);

    private static bool TryReadTime(ReadOnlySpan<char> rest, out TimeOnly time, out DicomDateTimePrecision precision)
    {
        time = default;
        precision = DicomDateTimePrecision.Hour;
        var fraction = 0L;
        var point = rest.IndexOf('.');
        if (point >= 0)
        {
            if (!TryParseFraction(rest[(point + 1)..], out fraction))
                return false;
            rest = rest[..point];
        }

        var hasColons = rest.Length > 2 && rest[2] == ':';
        var step = hasColons ? 3 : 2;
        int minute = 0, second = 0;
        if (rest.Length < 2)
            return false;
        var hour = Digits(rest[..2]);
        if (rest.Length >= step + 2)
        {
            minute = Digits(rest.Slice(step, 2));
            precision = DicomDateTimePrecision.Minute;
        }

        if (rest.Length >= (2 * step) + 2)
        {
            if (hasColons && rest[5] != ':')
                return false;
            second = Digits(rest.Slice(2 * step, 2));
            precision = point < 0 ? DicomDateTimePrecision.Second : DicomDateTimePrecision.Fraction;
        }

        var hasWholeParts = rest.Length == 2 || rest.Length == step + 2 || rest.Length == (2 * step) + 2;
        if (!hasWholeParts || (point >= 0 && precision != DicomDateTimePrecision.Fraction)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 60)
        {
            return false;
        }

        time = new TimeOnly(hour, minute, Math.Min(second, 59)).Add(TimeSpan.FromTicks(fraction));
        return true;
    }

    /// <summary>Digits after the point, in ticks of 100 ns.</summary>
    private static bool TryParseFraction(ReadOnlySpan<char> digits, out long ticks)
    {
        ticks = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            if (!char.IsAsciiDigit(digits[i]))
                return false;
        }

        for (var i = 0; i < 7; i++)
            ticks = (ticks * 10) + (i < digits.Length ? digits[i] - '0' : 0);
        return true;
    }

    private static bool IsDate(int year, int month, int day, out DateOnly date)
    {
        date = default;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        date = new DateOnly(year, month, day);
        return true;
    }

    /// <summary>The number, or -1 when there is anything but digits.</summary>
    private static int Digits(ReadOnlySpan<char> text)
    {
        var number = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
                return -1;
            number = (number * 10) + c - '0';
        }

        return number;
    }

    private static ReadOnlySpan<char> Trim(string? text) => text.AsSpan().Trim(" \0");
}
