using System.Globalization;

namespace Noctis.Dicom.Data.Matching;

/// <summary>
/// A range of days and a range of times as one range of moments, as negotiated (PS3.4 C.2.2.2.5.4): "20060705-20060707" and
/// "1000-1800" are from 5 July, 10 o'clock, to 7 July, 18 o'clock. <see cref="MatchingKey.Tag"/> is the date's.
/// </summary>
public sealed record CombinedRangeKey : MatchingKey
{
    internal CombinedRangeKey(DateRangeKey date, TimeRangeKey time) : base(date.Tag, DicomVR.DA)
    {
        TimeTag = time.Tag;
        From = date.From is { } firstDay && time.From is { } first ? firstDay.ToDateTime(first) : null;
        To = date.To is { } lastDay && time.To is { } last ? lastDay.ToDateTime(last) : null;
        Offset = date.Offset;
    }

    /// <summary>The attribute of the time.</summary>
    public DicomTag TimeTag { get; }

    /// <summary>The first moment, as written; null: none is too early. One of the two ends is there always.</summary>
    public DateTime? From { get; }

    /// <summary>The last moment, as written, to 100 ns; null: none is too late.</summary>
    public DateTime? To { get; }

    /// <summary>
    /// The first moment as the shortest text of a DA with a TM behind it. Between the two texts, compared by code point, are
    /// the values that match of DA and TM put together; one without a time counts as midnight.
    /// </summary>
    public string? FromText => From is { } from && TimeOnly.FromDateTime(from) is var time
        ? $"{DicomTemporal.Format(DateOnly.FromDateTime(from))}{(time == TimeOnly.MinValue ? "" : TimeRangeKey.Shortest(time))}"
        : null;

    /// <summary>The last moment as the longest text of a DA with a TM behind it.</summary>
    public string? ToText => To?.ToString("yyyyMMddHHmmss'.'fffffff", CultureInfo.InvariantCulture);

    /// <summary>As <see cref="DateRangeKey.Offset"/>.</summary>
    public TimeSpan? Offset { get; }

    private protected override bool MatchesValue(DicomDataset candidate, DicomTag tag)
    {
        var moment = Offset is { } zone ? Zones.MomentIn(zone, candidate, tag, TimeTag) : null;
        return (moment ?? candidate.GetDateTime(tag, TimeTag)?.Local) is { } local
            && (From is not { } from || local >= from)
            && (To is not { } to || local <= to);
    }
}
