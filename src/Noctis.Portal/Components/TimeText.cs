using System.Globalization;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Components;

/// <summary>Moments and spans as people say them.</summary>
public static class TimeText
{
    public static string Of(DateTime utc, TimeStyle style, Viewer viewer, DateTime nowUtc)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var local = viewer.ToLocal(utc);
        var today = viewer.ToLocal(nowUtc);
        return style switch
        {
            TimeStyle.Precise => Short(local, today, "HH:mm:ss"),
            TimeStyle.Full => $"{Text(local, "d MMM yyyy, HH:mm:ss")} {ZoneName(viewer, local)}",
            TimeStyle.Date => Text(local, "d MMM yyyy"),
            TimeStyle.Clock => Text(local, "HH:mm:ss"),
            TimeStyle.Relative => Ago(nowUtc - utc, local, today),
            _ => Short(local, today, "HH:mm"),
        };
    }

    /// <summary>A length of time: "0.4 s", "42 s", "3 min 20 s", "2 h 5 min", "4 days".</summary>
    public static string Duration(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => $"{span.TotalMilliseconds.ToString("0", Viewer.Culture)} ms",
        { TotalSeconds: < 10 } => $"{span.TotalSeconds.ToString("0.0", Viewer.Culture)} s",
        { TotalMinutes: < 1 } => $"{(int)span.TotalSeconds} s",
        { TotalHours: < 1 } => $"{span.Minutes} min {span.Seconds} s",
        { TotalDays: < 2 } => $"{(int)span.TotalHours} h {span.Minutes} min",
        _ => $"{(int)span.TotalDays} days",
    };

    private static string Short(DateTime local, DateTime today, string clock) =>
        local.Date == today.Date ? Text(local, clock)
        : local.Date == today.Date.AddDays(-1) ? "Yesterday " + Text(local, clock)
        : local.Year == today.Year ? Text(local, "d MMM " + clock)
        : Text(local, "d MMM yyyy");

    private static string Ago(TimeSpan age, DateTime local, DateTime today) => age switch
    {
        // A clock that runs ahead is no reason to speak of the future.
        { TotalSeconds: < 5 } => "just now",
        { TotalMinutes: < 1 } => $"{(int)age.TotalSeconds} seconds ago",
        { TotalHours: < 1 } => Count((int)age.TotalMinutes, "minute"),
        { TotalDays: < 1 } => Count((int)age.TotalHours, "hour"),
        { TotalDays: < 14 } => Count((int)age.TotalDays, "day"),
        _ => Short(local, today, "HH:mm"),
    };

    private static string Count(int number, string unit) => number == 1 ? $"1 {unit} ago" : $"{number} {unit}s ago";

    private static string Text(DateTime local, string format) => local.ToString(format, Viewer.Culture);

    private static string ZoneName(Viewer viewer, DateTime local)
    {
        if (viewer.Zone == TimeZoneInfo.Utc)
            return "UTC";
        var offset = viewer.Zone.GetUtcOffset(local);
        return $"UTC{(offset < TimeSpan.Zero ? "−" : "+")}{offset.ToString(@"h\:mm", CultureInfo.InvariantCulture)}";
    }
}
