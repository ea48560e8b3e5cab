using System.Globalization;

namespace Noctis.Portal.Layout;

/// <summary>What the browser has told of itself by cookie: its time zone. Cascades to every component.</summary>
public sealed record Viewer(string? ZoneId)
{
    public const string ZoneCookie = "noctis.zone";
    public const string ThemeCookie = "noctis.theme";

    /// <summary>Texts are English; dates are written day first and by 24 hours.</summary>
    public static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("en-GB");

    public static readonly Viewer Unknown = new((string?)null);

    public TimeZoneInfo Zone { get; } =
        ZoneId is { Length: > 0 and < 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(ZoneId, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>The viewer's wall clock at a moment in UTC.</summary>
    public DateTime ToLocal(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    /// <summary>When the viewer's present day began.</summary>
    public DateTime StartOfDayUtc(DateTime nowUtc)
    {
        var midnight = ToLocal(nowUtc).Date;
        // Where summer time begins at midnight, the day begins an hour later.
        return TimeZoneInfo.ConvertTimeToUtc(Zone.IsInvalidTime(midnight) ? midnight.AddHours(1) : midnight, Zone);
    }

    /// <summary>"light", "dark" or "system", whatever the cookie says.</summary>
    public static string ThemeOf(string? cookie) => cookie is "light" or "dark" ? cookie : "system";
}
