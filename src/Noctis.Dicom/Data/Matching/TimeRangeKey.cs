using System.Globalization;

namespace Noctis.Dicom.Data.Matching;

/// <summary>
/// Times of a day from one to another, both included (PS3.4 C.2.2.2.5.2). The last one reaches as far as it was written:
/// "10" to the end of the hour, "103000" to the end of the second. A single time is a range in the same way.
/// </summary>
public sealed record TimeRangeKey : MatchingKey
{
    internal TimeRangeKey(DicomTag tag, TimeOnly? from, TimeOnly? to) : base(tag, DicomVR.TM)
    {
        From = from;
        To = to;
    }

    /// <summary>The first moment; null: from midnight on. One of the two ends is there always.</summary>
    public TimeOnly? From { get; }

    /// <summary>The last moment, to 100 ns; null: to midnight.</summary>
    public TimeOnly? To { get; }

    /// <summary>
    /// The first moment as the shortest TM there is of it. Between the two texts, compared as text by code point, are the
    /// values of PS3.5 6.2 that match, whatever their precision: "1030" is before "103000" as text.
    /// </summary>
    public string? FromText => From is { } from ? Shortest(from) : null;

    /// <summary>The last moment as the longest TM there is of it.</summary>
    public string? ToText => To?.ToString("HHmmss'.'fffffff", CultureInfo.InvariantCulture);

    /// <summary>The DA that belongs to the time, as Study Date does to Study Time; null when there is none.</summary>
    public DicomTag? DateTag { get; internal init; }

    /// <summary>As <see cref="DateRangeKey.Offset"/>.</summary>
    public TimeSpan? Offset { get; internal init; }

    /// <summary>Whether the key was written with a hyphen.</summary>
    internal bool IsRange { get; init; }

    /// <summary>Without trailing zeros of the fraction, and without seconds and minutes of zero.</summary>
    internal static string Shortest(TimeOnly time)
    {
        if (time.Ticks % TimeSpan.TicksPerSecond != 0)
            return time.ToString("HHmmss'.'FFFFFFF", CultureInfo.InvariantCulture);
        return time.ToString(time.Second != 0 ? "HHmmss" : time.Minute != 0 ? "HHmm" : "HH", CultureInfo.InvariantCulture);
    }

    private protected override bool MatchesValue(DicomDataset candidate, DicomTag tag)
    {
        if (Offset is { } zone && DateTag is { } date && Zones.MomentIn(zone, candidate, date, tag) is { } moment)
            return IsWithin(TimeOnly.FromDateTime(moment));
        var count = candidate.GetStrings(tag).Count;
        for (var i = 0; i < count; i++)
        {
            if (candidate.GetTime(tag, i) is { } time && IsWithin(time))
                return true;
        }

        return false;
    }

    private bool IsWithin(TimeOnly time) => (From is not { } from || time >= from) && (To is not { } to || time <= to);
}
