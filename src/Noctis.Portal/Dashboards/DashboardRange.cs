using Noctis.Archive.Traffic;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Dashboards;

/// <summary>How far back a dashboard looks, and in which steps.</summary>
/// <param name="Key">The value of "range" in the address.</param>
/// <param name="Label">On the button.</param>
/// <param name="Words">After "in": "the last 24 hours".</param>
/// <param name="Span">From its beginning until now.</param>
/// <param name="Step">Of one point of a chart. Whole days are those of the viewer's calendar.</param>
public sealed record DashboardRange(string Key, string Label, string Words, TimeSpan Span, TimeSpan Step)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static readonly DashboardRange Default = new("24h", "24 h", "the last 24 hours", TimeSpan.FromHours(24), TimeSpan.FromMinutes(15));

    /// <summary>Hours are kept for a year and a month, minutes for two days; see <see cref="TrafficHour"/> and <see cref="TrafficMinute"/>.</summary>
    public static IReadOnlyList<DashboardRange> All { get; } =
    [
        new("15m", "15 min", "the last 15 minutes", TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(1)),
        new("3h", "3 h", "the last 3 hours", TimeSpan.FromHours(3), TimeSpan.FromMinutes(5)),
        Default,
        new("7d", "7 d", "the last 7 days", 7 * Day, TimeSpan.FromHours(3)),
        new("30d", "30 d", "the last 30 days", 30 * Day, Day),
        new("90d", "90 d", "the last 90 days", 90 * Day, Day),
        new("1y", "1 y", "the last 52 weeks", 364 * Day, 7 * Day),
    ];

    /// <summary>Drawn from the minutes, not from the hours.</summary>
    public bool IsByMinutes => Step < TimeSpan.FromHours(1);

    public bool IsByDays => Step >= Day;

    /// <summary>
    /// The same for all facilities together, whose minutes of a day are more than a database adds up in passing.
    /// </summary>
    public DashboardRange ForAll => this == Default ? this with { Step = TimeSpan.FromHours(1) } : this;

    /// <summary>How soon after one look at the database the next is worth it: a chart of months does not change in a second.</summary>
    public TimeSpan Pause => TimeSpan.FromSeconds(Math.Clamp(Step.TotalSeconds / 30, 2, 120));

    public static DashboardRange Find(string? key) => All.FirstOrDefault(range => range.Key == key) ?? Default;

    /// <summary>When the first step begins. The last one runs, and holds the present moment.</summary>
    public DateTime StartUtc(Viewer viewer, DateTime nowUtc)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!IsByDays)
            return Floor(nowUtc) - Span + Step;
        var first = viewer.ToLocal(nowUtc).Date.AddDays(1) - Span;
        return TimeZoneInfo.ConvertTimeToUtc(viewer.Zone.IsInvalidTime(first) ? first.AddHours(1) : first, viewer.Zone);
    }

    /// <summary>Adds points up to steps, from oldest to newest.</summary>
    /// <param name="points">Since <see cref="StartUtc"/>, without gaps.</param>
    /// <param name="viewer">Whose days are meant.</param>
    /// <param name="nowUtc">The present moment.</param>
    public IReadOnlyList<DashboardStep> Steps(IReadOnlyList<TrafficPoint> points, Viewer viewer, DateTime nowUtc)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(viewer);
        var today = viewer.ToLocal(nowUtc).Date;
        var start = StartUtc(viewer, nowUtc);
        return [.. points
            .Where(point => point.StartUtc >= start && point.StartUtc <= nowUtc)
            .GroupBy(point => IsByDays ? (today - viewer.ToLocal(point.StartUtc).Date).Days / (int)Step.TotalDays : (nowUtc - Floor(point.StartUtc)).Ticks / Step.Ticks)
            .OrderByDescending(group => group.Key)
            .Select(group => Sum([.. group], nowUtc))];
    }

    private DashboardStep Sum(List<TrafficPoint> points, DateTime nowUtc)
    {
        var (first, passed) = (points[0].StartUtc, nowUtc - points[0].StartUtc);
        return new DashboardStep(
            first,
            // Of a step that has hardly begun nothing can be told yet: its first image is no flood.
            TimeSpan.FromTicks(Math.Clamp(passed.Ticks, Step.Ticks / 4, Step.Ticks)),
            new TrafficPoint(
                first, points.Sum(point => point.Associations), points.Sum(point => point.Refusals), points.Sum(point => point.Images),
                points.Sum(point => point.Bytes), points.Sum(point => point.StoreMs), points.Max(point => point.PeakAssociations), points.Sum(point => point.Errors)));
    }

    private DateTime Floor(DateTime utc) => new(utc.Ticks - (utc.Ticks % Step.Ticks), DateTimeKind.Utc);
}
