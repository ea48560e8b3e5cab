using Noctis.Archive.Studies;
using Noctis.Portal.Home;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Tests.Home;

public sealed class ArrivalSeriesTests
{
    // A Friday.
    private static readonly DateTime Now = new(2026, 11, 20, 14, 30, 0, DateTimeKind.Utc);
    private static readonly Viewer Berlin = new("Europe/Berlin");

    [Fact]
    public void LastDay_Hours_AreTheNewestTwentyFourByTheViewersClock()
    {
        var series = ArrivalSeries.LastDay(Points(hour => hour == Hour(-3) ? 40 : 0), Berlin);

        Assert.Equal(24, series.Values.Count);
        Assert.Equal(40, series.Values[^4]);
        Assert.Equal(["16:00", "22:00", "04:00", "10:00", "now"], series.Axis);
        Assert.Equal("40 images received in the last 24 hours, most of them at 12:00: 40.", series.Label);
    }

    [Fact]
    public void LastMonth_HoursOfOneViewersDay_AreOneValue()
    {
        // 22:30 and 23:30 UTC are the two sides of midnight in Berlin.
        var evening = new DateTime(2026, 11, 18, 22, 0, 0, DateTimeKind.Utc);

        var series = ArrivalSeries.LastMonth(Points(hour => hour == evening ? 5 : hour == evening.AddHours(1) ? 7 : 0), Berlin);

        Assert.Equal(30, series.Values.Count);
        Assert.Equal([5, 7, 0], series.Values.TakeLast(3));
        Assert.Equal("today", series.Axis[^1]);
    }

    [Fact]
    public void LastDay_Nothing_SaysSo()
    {
        var series = ArrivalSeries.LastDay(Points(_ => 0), Berlin);

        Assert.Equal(0, series.Total);
        Assert.Equal("No image arrived in the last 24 hours.", series.Label);
    }

    [Theory]
    [InlineData(112, "+12 % on a usual Friday")]
    [InlineData(90, "−10 % on a usual Friday")]
    [InlineData(100, "As on a usual Friday")]
    public void AgainstUsual_FridaysBefore_AreComparedUntilTheSameHour(int today, string expected)
    {
        // What arrived on Fridays after this time of day does not count yet today.
        var points = Points(_ => 0, hour => (hour.DayOfWeek, hour.Hour) switch
        {
            (DayOfWeek.Friday, 9) => 100,
            (DayOfWeek.Friday, 16) or (DayOfWeek.Wednesday, _) => 1000,
            _ => 0,
        });

        Assert.Equal(expected, ArrivalSeries.AgainstUsual(points, today, Berlin, Now));
    }

    [Fact]
    public void AgainstUsual_OneSuchDayOnly_SaysNothing() =>
        Assert.Null(ArrivalSeries.AgainstUsual(Points(_ => 0, hour => hour == Hour(-24 * 7) ? 100 : 0), 50, Berlin, Now));

    private static DateTime Hour(int fromNow) => new DateTime(2026, 11, 20, 14, 0, 0, DateTimeKind.Utc).AddHours(fromNow);

    private static List<ArrivalPoint> Points(Func<DateTime, int> images, Func<DateTime, int>? studies = null) =>
        [.. Enumerable.Range(-30 * 24, (30 * 24) + 1).Select(Hour).Select(hour => new ArrivalPoint(hour, studies?.Invoke(hour) ?? 0, images(hour), 0))];
}
