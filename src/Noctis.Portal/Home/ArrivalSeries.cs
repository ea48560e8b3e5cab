using Noctis.Archive.Studies;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Home;

/// <summary>Images received over a while, ready to be drawn: values from oldest to newest, marks below, and the whole in words.</summary>
public sealed record ArrivalSeries(IReadOnlyList<double> Values, IReadOnlyList<string> Axis, string Label, long Total)
{
    /// <summary>What one query of hours has to reach back for both charts and the usual day.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromDays(30);

    private const int Hours = 24;
    private const int Days = 30;

    /// <param name="points">Hour by hour without gaps, the newest last.</param>
    /// <param name="viewer">Whose clock the marks show.</param>
    public static ArrivalSeries LastDay(IReadOnlyList<ArrivalPoint> points, Viewer viewer)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(viewer);
        var hours = points.Skip(Math.Max(0, points.Count - Hours)).ToList();
        var marks = hours.Where((_, index) => index % 6 == 0).Select(point => Clock(viewer, point)).Append("now");
        return Create([.. hours.Select(point => (double)point.Images)], [.. marks], "the last 24 hours", hours.Count == 0 ? "" : "at " + Clock(viewer, hours.MaxBy(point => point.Images)!));
    }

    /// <summary>By days of the viewer's calendar.</summary>
    public static ArrivalSeries LastMonth(IReadOnlyList<ArrivalPoint> points, Viewer viewer)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(viewer);
        var days = points
            .GroupBy(point => viewer.ToLocal(point.HourUtc).Date)
            .OrderBy(group => group.Key)
            .Select(group => (Day: group.Key, Images: group.Sum(point => (double)point.Images)))
            .TakeLast(Days)
            .ToList();
        var marks = days.Where((_, index) => index % 7 == 0 && index < 28).Select(day => Date(day.Day)).Append("today");
        return Create([.. days.Select(day => day.Images)], [.. marks], "the last 30 days", days.Count == 0 ? "" : "on " + Date(days.MaxBy(day => day.Images).Day));
    }

    /// <summary>
    /// Today's studies against those of the same weekday until the same hour, in the four weeks before: "+12 % on a usual Friday".
    /// Null while there are not two such days to compare with.
    /// </summary>
    public static string? AgainstUsual(IReadOnlyList<ArrivalPoint> points, int studiesToday, Viewer viewer, DateTime nowUtc)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(viewer);
        var now = viewer.ToLocal(nowUtc);
        var before = points
            .Select(point => (Local: viewer.ToLocal(point.HourUtc), point.Studies))
            .Where(point => point.Local.Date < now.Date && point.Local.DayOfWeek == now.DayOfWeek && point.Local.TimeOfDay <= now.TimeOfDay)
            .GroupBy(point => point.Local.Date)
            .Select(group => group.Sum(point => point.Studies))
            .Where(studies => studies > 0)
            .ToList();
        if (before.Count < 2)
            return null;
        var percent = (int)Math.Round(((studiesToday / before.Average()) - 1) * 100);
        var day = now.ToString("dddd", Viewer.Culture);
        return percent switch
        {
            > 0 => $"+{SizeText.Count(percent)} % on a usual {day}",
            < 0 => $"−{SizeText.Count(-percent)} % on a usual {day}",
            _ => $"As on a usual {day}",
        };
    }

    private static ArrivalSeries Create(double[] values, string[] axis, string span, string peak)
    {
        var total = (long)values.Sum();
        var label = total == 0
            ? $"No image arrived in {span}."
            : $"{SizeText.Count(total, "image")} received in {span}, most of them {peak}: {SizeText.Count((long)values.Max())}.";
        return new ArrivalSeries(values, axis, label, total);
    }

    private static string Clock(Viewer viewer, ArrivalPoint point) => viewer.ToLocal(point.HourUtc).ToString("HH:mm", Viewer.Culture);

    private static string Date(DateTime day) => day.ToString("d MMM", Viewer.Culture);
}
