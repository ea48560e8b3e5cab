namespace Noctis.Dicom.Data.Matching;

/// <summary>Reads values of keys in DA, TM and DT (PS3.4 C.2.2.2.1.3, C.2.2.2.5).</summary>
internal static class TemporalKeys
{
    /// <summary>A key of one value; a hyphen alone, which pickers without a date send, matches everything.</summary>
    internal static MatchingKey Parse(DicomTag tag, DicomVR vr, string text, TimeSpan? offset, bool adjusts)
    {
        if (text.Trim() == "-")
            return new UniversalKey(tag, vr);
        if (vr == DicomVR.DA)
            return ParseDate(tag, text) with { TimeTag = Zones.PartnerOf(tag), Offset = adjusts ? offset : null };
        if (vr == DicomVR.TM)
            return ParseTime(tag, text) with { DateTag = Zones.PartnerOf(tag), Offset = adjusts ? offset : null };
        return ParseDateTime(tag, text, offset);
    }

    /// <summary>
    /// One range of a date range and its time range, where both are written as ranges of the same form and that was
    /// negotiated. Then times may seem to go backwards; otherwise they must not.
    /// </summary>
    internal static void Combine(List<MatchingKey> keys, bool isNegotiated)
    {
        for (var i = keys.Count - 1; i >= 0; i--)
        {
            if (keys[i] is not TimeRangeKey time)
                continue;
            var at = isNegotiated && time.IsRange ? keys.FindIndex(k => k is DateRangeKey { IsRange: true } && k.Tag == time.DateTag) : -1;
            if (at >= 0 && keys[at] is DateRangeKey date && (date.From is null, date.To is null) == (time.From is null, time.To is null))
            {
                var combined = new CombinedRangeKey(date, time) { MatchesUnknown = date.MatchesUnknown };
                RequireOrder(time.Tag, combined.From, combined.To);
                keys[at] = combined;
                keys.RemoveAt(i);
            }
            else if (time.From > time.To)
            {
                throw new MatchingException(time.Tag, "a range of times does not cross midnight");
            }
        }
    }

    private static DateRangeKey ParseDate(DicomTag tag, string text)
    {
        if (TryReadDate(text, out var day))
            return new DateRangeKey(tag, day, day);

        // Dates with hyphens in them are met: "2026-01-31".
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '-' || !TryReadEnd(text[..i], out var from) || !TryReadEnd(text[(i + 1)..], out var to))
                continue;
            RequireOrder(tag, from, to);
            return new DateRangeKey(tag, from, to) { IsRange = true };
        }

        throw new MatchingException(tag, "not a date YYYYMMDD or a range of dates");

        static bool TryReadEnd(string end, out DateOnly? date)
        {
            date = TryReadDate(end, out var found) ? found : null;
            return date is not null || string.IsNullOrWhiteSpace(end);
        }
    }

    /// <summary>Whole dates only: a reader of files takes a DT too, which would make sense of a range with a typing error.</summary>
    private static bool TryReadDate(string text, out DateOnly date)
    {
        date = default;
        return text.Trim().Length is 8 or 10 && DicomTemporal.TryParseDate(text, out date);
    }

    private static TimeRangeKey ParseTime(DicomTag tag, string text)
    {
        var ends = text.Split('-');
        DicomDateTime? from = null, to = null;
        if (ends.Length > 2 || !TryReadEnd(ends[0], out from) || !TryReadEnd(ends[^1], out to))
            throw new MatchingException(tag, "not a time HHMMSS or a range of times");
        return new TimeRangeKey(
            tag,
            from is { } first ? TimeOnly.FromDateTime(first.Local) : null,
            to is { } last ? TimeOnly.FromDateTime(EndOf(last)) : null)
        {
            IsRange = ends.Length == 2,
        };

        static bool TryReadEnd(string end, out DicomDateTime? time)
        {
            // As the time of some day, for its precision.
            var isTime = DicomTemporal.TryParseDateTime($"20000101{end.Trim()}", out var read)
                && read is { Offset: null, Precision: >= DicomDateTimePrecision.Hour };
            time = isTime ? read : null;
            return isTime || string.IsNullOrWhiteSpace(end);
        }
    }

    private static DateTimeRangeKey ParseDateTime(DicomTag tag, string text, TimeSpan? offset)
    {
        // A hyphen can also be the sign of an offset: the first one that leaves two moments in order is that of the range. A
        // single moment may have a negative offset, which the standard does not foresee (PS3.4 C.2.2.2.1.3, note 3).
        var isReversed = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '-' || !TryReadEnd(text[..i], out var from) || !TryReadEnd(text[(i + 1)..], out var to))
                continue;
            if (from is not { } first || to is not { } last || IsInOrder(first, last))
                return Range(from, to);
            isReversed = true;
        }

        if (DicomTemporal.TryParseDateTime(text, out var moment))
            return Range(moment, moment);
        throw new MatchingException(tag, isReversed ? "the range ends before it begins" : "not a date and time or a range of them");

        static bool TryReadEnd(string end, out DicomDateTime? moment)
        {
            moment = DicomTemporal.TryParseDateTime(end, out var read) ? read : null;
            return moment is not null || string.IsNullOrWhiteSpace(end);
        }

        DateTimeRangeKey Range(DicomDateTime? from, DicomDateTime? to) => new(
            tag,
            from is { } start ? start with { Offset = start.Offset ?? offset } : null,
            to is { } end ? end with { Local = EndOf(end), Offset = end.Offset ?? offset } : null);
    }

    /// <summary>Whether a range can be meant; where one end alone tells its offset, the other one may be anywhere within a day.</summary>
    private static bool IsInOrder(DicomDateTime from, DicomDateTime to)
    {
        var slack = from.Offset is null == to.Offset is null ? 0 : TimeSpan.TicksPerDay;
        return from.Local.Ticks - (from.Offset ?? default).Ticks <= EndOf(to).Ticks - (to.Offset ?? default).Ticks + slack;
    }

    /// <summary>The last moment, to 100 ns, that a date and time of its precision can mean; a fraction means itself.</summary>
    private static DateTime EndOf(DicomDateTime value)
    {
        if (value.Precision == DicomDateTimePrecision.Fraction)
            return value.Local;
        var start = value.Local;
        if (start.Year == 9999 && value.Precision == DicomDateTimePrecision.Year)
            return DateTime.MaxValue;
        if (start is { Year: 9999, Month: 12 } && value.Precision == DicomDateTimePrecision.Month)
            return DateTime.MaxValue;
        return value.Precision switch
        {
            DicomDateTimePrecision.Year => start.AddYears(1).AddTicks(-1),
            DicomDateTimePrecision.Month => start.AddMonths(1).AddTicks(-1),
            DicomDateTimePrecision.Day => start.AddTicks(TimeSpan.TicksPerDay - 1),
            DicomDateTimePrecision.Hour => start.AddTicks(TimeSpan.TicksPerHour - 1),
            DicomDateTimePrecision.Minute => start.AddTicks(TimeSpan.TicksPerMinute - 1),
            _ => start.AddTicks(TimeSpan.TicksPerSecond - 1),
        };
    }

    private static void RequireOrder<T>(DicomTag tag, T? from, T? to) where T : struct, IComparable<T>
    {
        if (from is { } first && to is { } last && first.CompareTo(last) > 0)
            throw new MatchingException(tag, "the range ends before it begins");
    }
}
