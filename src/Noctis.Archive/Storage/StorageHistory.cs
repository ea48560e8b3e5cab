using Noctis.Archive.Studies;

namespace Noctis.Archive.Storage;

/// <summary>How what is stored has grown.</summary>
/// <param name="Points">A point a day without gaps, the last one today's. Days before the first image are not in it.</param>
/// <param name="EstimatedUntil">
/// The first day whose figure was written down. Those before it are what is stored less what arrived since; null when none is.
/// </param>
public sealed record StorageHistory(IReadOnlyList<StoragePoint> Points, DateOnly? EstimatedUntil)
{
    /// <summary>How many days a history goes back.</summary>
    public const int Days = 90;

    /// <summary>How many days growth is measured over: long enough to have weekends in it, short enough to follow a new scanner.</summary>
    public const int GrowthDays = 30;

    /// <summary>Bytes a day over the last <see cref="GrowthDays"/>, or since the first image when that is less; below 0 when more went than came.</summary>
    public long GrowthPerDay
    {
        get
        {
            if (Points.Count == 0) return 0;
            StoragePoint first = Points[Math.Max(0, Points.Count - 1 - GrowthDays)];
            // The day of the first image began with nothing.
            long before = Points.Count - 1 < GrowthDays ? 0 : first.Bytes;
            int days = Points.Count - 1 < GrowthDays ? Points.Count : GrowthDays;
            return (Points[^1].Bytes - before) / days;
        }
    }

    /// <summary>Puts a history together from what was written down and, for the time before that, from what arrived.</summary>
    /// <param name="today">In UTC.</param>
    /// <param name="bytesNow">What is stored now.</param>
    /// <param name="days">What each facility held at the end of a day. Over days without any, the figure before holds.</param>
    /// <param name="arrivals">By the hour, at least as far back as the history.</param>
    internal static StorageHistory Create(DateOnly today, long bytesNow, IReadOnlyCollection<FacilityDay> days, IEnumerable<ArrivalPoint> arrivals)
    {
        DateOnly from = today.AddDays(1 - Days);
        List<FacilityDay> past = [.. days.Where(day => day.Day < today)];
        DateOnly firstKnown = past.Count == 0 ? today : past.Min(day => day.Day);
        var points = new List<StoragePoint>(Days) { new(today, bytesNow) };

        Dictionary<DateOnly, long> written = past.GroupBy(day => day.Day).ToDictionary(day => day.Key, day => day.Sum(facility => facility.Bytes));
        var known = new Dictionary<DateOnly, long>();
        long held = 0;
        for (DateOnly day = firstKnown; day < today; day = day.AddDays(1)) known[day] = held = written.GetValueOrDefault(day, held);

        Dictionary<DateOnly, long> arrived = arrivals.GroupBy(point => DateOnly.FromDateTime(point.HourUtc)).ToDictionary(day => day.Key, day => day.Sum(point => point.Bytes));
        for (DateOnly day = today.AddDays(-1); day >= from; day = day.AddDays(-1))
        {
            long bytes = known.TryGetValue(day, out long figure) ? figure : Math.Max(0, points[^1].Bytes - arrived.GetValueOrDefault(day.AddDays(1)));
            points.Add(new StoragePoint(day, bytes));
        }

        points.Reverse();
        int empty = points.FindIndex(point => point.Bytes > 0);
        List<StoragePoint> used = empty < 0 ? [] : points[empty..];
        return new StorageHistory(used, used.Count > 0 && firstKnown > used[0].Day ? firstKnown : null);
    }
}
