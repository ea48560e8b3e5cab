using Noctis.Portal.Layout;

namespace Noctis.Portal.Home;

/// <summary>Days as the viewer's calendar has them.</summary>
internal static class ViewerDay
{
    /// <summary>When the viewer's day began.</summary>
    public static DateTime StartUtc(Viewer viewer, DateTime nowUtc)
    {
        var midnight = viewer.ToLocal(nowUtc).Date;
        // Where summer time begins at midnight, the day begins an hour later.
        return TimeZoneInfo.ConvertTimeToUtc(viewer.Zone.IsInvalidTime(midnight) ? midnight.AddHours(1) : midnight, viewer.Zone);
    }

    public static string Greeting(DateTime local) => local.Hour switch
    {
        < 5 => "Hello",
        < 12 => "Good morning",
        < 18 => "Good afternoon",
        _ => "Good evening",
    };
}
