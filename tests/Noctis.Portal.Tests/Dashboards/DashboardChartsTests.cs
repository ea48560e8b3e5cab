using Noctis.Archive.Traffic;
using Noctis.Portal.Dashboards;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Tests.Dashboards;

public sealed class DashboardChartsTests
{
    private static readonly DateTime Now = new(2026, 3, 4, 12, 30, 30, DateTimeKind.Utc);
    private static readonly DashboardRange Quarter = DashboardRange.Find("15m");
    private static readonly DashboardRange Month = DashboardRange.Find("30d");

    [Fact]
    public void Charts_Minutes_AreRatesOfTheTimeThatPassed()
    {
        var points = Minutes(images: 600, bytes: 60_000_000);

        var charts = DashboardCharts.Create(Quarter, points, Viewer.Unknown, Now);

        Assert.Equal(15, charts.Steps.Count);
        // A whole minute, and one of which half has passed.
        Assert.Equal((10d, 20d), (charts.Images.Values[0]!.Value, charts.Images.Values[^1]!.Value));
        Assert.Equal("Images a second", charts.Images.Title);
        Assert.Equal("1 MB/s", charts.Data.Format(charts.Data.Values[0]!.Value));
        Assert.Equal("9,000 images", charts.Images.Figure);
        Assert.Equal(["12:16", "12:19", "12:23", "12:27", "now"], charts.Axis);
        Assert.Contains("at most 20/s, 12:30; 9,000 images in all", charts.Images.Label, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "an hour")]
    [InlineData(0.5, "a minute")]
    [InlineData(60, "a second")]
    public void Charts_FewImages_AreToldByATimeThatPeopleCanRead(double imagesAMinute, string expected)
    {
        var images = imagesAMinute < 1 ? Enumerable.Range(0, 15).Select(index => index == 3 ? 1L : 0) : Enumerable.Repeat((long)imagesAMinute, 15);
        var points = Minutes(0, 0).Zip(images, (point, count) => point with { Images = expected == "an hour" ? 0 : count });
        var range = Quarter;
        if (expected == "an hour")
        {
            range = DashboardRange.Find("7d");
            points = Hours(24 * 8).Select((point, index) => point with { Images = index % 24 == 0 ? 12 : 0 });
        }

        Assert.Equal($"Images {expected}", DashboardCharts.Create(range, [.. points], Viewer.Unknown, Now).Images.Title);
    }

    [Fact]
    public void Charts_Days_AreThoseOfTheViewersCalendar()
    {
        var tokyo = new Viewer("Asia/Tokyo");
        var points = Hours(24 * 31).Select(point => point with { Images = point.StartUtc >= new DateTime(2026, 3, 3, 15, 0, 0, DateTimeKind.Utc) ? 2 : 1, Refusals = 1 }).ToList();

        var charts = DashboardCharts.Create(Month, points, tokyo, Now);

        Assert.Equal(30, charts.Steps.Count);
        // Midnight in Tokyo was at 15:00: 22 hours of today have begun, and they are not made up to a day.
        Assert.Equal(2 * 22, charts.Images.Values[^1]);
        Assert.Equal(24, charts.Images.Values[0]);
        Assert.Equal("Images a day", charts.Images.Title);
        Assert.Equal("Wed 4 Mar 2026", charts.When(charts.Steps[^1]));
        Assert.Equal("today", charts.Axis[^1]);
        Assert.Equal((29 * 24) + 22, charts.Total.Refusals);
    }

    [Fact]
    public void Charts_NothingCame_SayNothingOfTimesAndAreEmpty()
    {
        var charts = DashboardCharts.Create(Quarter, Minutes(0, 0), Viewer.Unknown, Now);

        Assert.True(charts.IsEmpty);
        Assert.All(charts.Time.Values, value => Assert.Null(value));
        Assert.Equal("Images a second. No image in the last 15 minutes.", charts.Images.Label);
    }

    [Fact]
    public void Charts_TimePerImage_IsTheAverageOfItsImages()
    {
        var points = Minutes(images: 10, bytes: 10).Select(point => point with { StoreMs = 125 }).ToList();

        var charts = DashboardCharts.Create(DashboardRange.Find("3h"), points, Viewer.Unknown, Now);

        Assert.Equal(12.5, charts.Time.Values[^1]);
        Assert.Equal("1.5 s", DashboardCharts.Milliseconds(1500));
    }

    [Fact]
    public void Ranges_All_ReachBackNoFurtherThanFiguresAreKept()
    {
        foreach (var range in DashboardRange.All)
        {
            var start = range.StartUtc(Viewer.Unknown, Now);
            Assert.True(Now - start <= TimeSpan.FromDays(range.IsByMinutes ? TrafficMinute.DaysKept : TrafficHour.DaysKept), range.Key);
            Assert.InRange(range.Span / range.Step, 15, 100);
        }

        Assert.Equal(DashboardRange.Default, DashboardRange.Find("nonsense"));
        Assert.False(DashboardRange.Default.ForAll.IsByMinutes);
    }

    private static List<TrafficPoint> Minutes(long images, long bytes) =>
        [.. Enumerable.Range(0, 15).Select(index => new TrafficPoint(new DateTime(2026, 3, 4, 12, 16, 0, DateTimeKind.Utc).AddMinutes(index), 0, 0, images, bytes, 0, 0, 0))];

    private static List<TrafficPoint> Hours(int count) =>
        [.. Enumerable.Range(0, count).Select(index => new TrafficPoint(new DateTime(2026, 3, 4, 12, 0, 0, DateTimeKind.Utc).AddHours(index + 1 - count), 0, 0, 0, 0, 0, 0, 0))];
}
