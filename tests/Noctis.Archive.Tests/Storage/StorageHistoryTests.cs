using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Tests.Storage;

public sealed class StorageHistoryTests
{
    private static readonly DateOnly Today = new(2026, 4, 10);
    private static readonly Guid A = Guid.NewGuid(), B = Guid.NewGuid();

    [Fact]
    public void Create_OfNothing_IsEmptyAndDoesNotGrow()
    {
        var history = StorageHistory.Create(Today, 0, [], []);

        Assert.Empty(history.Points);
        Assert.Equal(0, history.GrowthPerDay);
        Assert.Null(history.EstimatedUntil);
    }

    [Fact]
    public void Create_FromDailyFigures_AddsFacilitiesUpAndHoldsTheLastFigureOverGaps()
    {
        FacilityDay[] days = [Day(B, 1, 30), Day(A, 4, 100), Day(B, 2, 10), Day(A, 2, 120), new(A, Today, 999)];

        var history = StorageHistory.Create(Today, 200, days, [Arrival(4, 100)]);

        Assert.Equal([100, 100, 130, 30, 200], history.Points.Select(point => point.Bytes));
        Assert.Equal([4, 3, 2, 1, 0], history.Points.Select(point => Today.DayNumber - point.Day.DayNumber));
        Assert.Null(history.EstimatedUntil);
        // Five days since the first image, that day included.
        Assert.Equal(40, history.GrowthPerDay);
    }

    [Fact]
    public void Create_BeforeTheFirstDailyFigure_TakesAwayWhatArrivedSince()
    {
        ArrivalPoint[] arrivals = [Arrival(3, 50), Arrival(3, 10), Arrival(2, 20), Arrival(1, 40), Arrival(0, 80)];

        var history = StorageHistory.Create(Today, 200, [Day(A, 1, 130)], arrivals);

        Assert.Equal([10, 70, 90, 130, 200], history.Points.TakeLast(5).Select(point => point.Bytes));
        Assert.Equal(Today.AddDays(-1), history.EstimatedUntil);
    }

    [Fact]
    public void Create_MoreArrivedThanIsStored_NeverGoesBelowNothing()
    {
        var history = StorageHistory.Create(Today, 100, [], [Arrival(2, 500), Arrival(1, 60)]);

        Assert.Equal([40, 100, 100], history.Points.Select(point => point.Bytes));
    }

    [Fact]
    public void GrowthPerDay_OfALongHistory_IsThatOfThirtyDays()
    {
        FacilityDay[] days = [.. Enumerable.Range(1, 89).Select(ago => Day(A, ago, ago > 30 ? 1_000_000 : 1_000_000 + ((30 - ago) * 500)))];

        var history = StorageHistory.Create(Today, 1_015_000, days, []);

        Assert.Equal(StorageHistory.Days, history.Points.Count);
        Assert.Equal(500, history.GrowthPerDay);
        Assert.True(StorageHistory.Create(Today, 500_000, days, []).GrowthPerDay < 0);
    }

    [Theory]
    [InlineData(1000, 10, 100)]
    [InlineData(1009, 10, 100)]
    [InlineData(5, 10, 0)]
    [InlineData(0, 10, 0)]
    [InlineData(-1, 0, 0)]
    [InlineData(1000, 0, null)]
    [InlineData(1000, -10, null)]
    [InlineData(long.MaxValue, 1, null)]
    public void DaysUntil_RoomAndGrowth_IsAForecastOrNone(long room, long growth, int? days) => Assert.Equal(days, StorageForecast.DaysUntil(room, growth));

    private static FacilityDay Day(Guid facility, int ago, long bytes) => new(facility, Today.AddDays(-ago), bytes);

    private static ArrivalPoint Arrival(int ago, long bytes) => new(Today.AddDays(-ago).ToDateTime(new TimeOnly(10, 0), DateTimeKind.Utc), 1, 1, bytes);
}
