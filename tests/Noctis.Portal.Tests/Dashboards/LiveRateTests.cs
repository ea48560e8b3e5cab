using Noctis.Portal.Dashboards;

namespace Noctis.Portal.Tests.Dashboards;

public sealed class LiveRateTests
{
    private readonly Clock _time = new();

    [Fact]
    public void Rate_Counters_IsThatOfTheLastTenSeconds()
    {
        var rate = new LiveRate(_time);
        rate.Add(1000, 1_000_000);
        for (var second = 1; second <= 20; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            rate.Add(1000 + (second > 10 ? (second - 10) * 5 : 0), 1_000_000);
        }

        Assert.Equal((5d, 0d), (rate.ImagesPerSecond, rate.BytesPerSecond));

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(rate.Add(1050, 1_000_000));
        Assert.Equal(0, rate.ImagesPerSecond);
        Assert.False(rate.Add(1050, 1_000_000));
    }

    [Fact]
    public void Rate_CountersOfANewDay_IsNeverNegative()
    {
        var rate = new LiveRate(_time);
        rate.Add(1000, 1_000_000);
        _time.Advance(TimeSpan.FromSeconds(2));

        rate.Add(3, 3000);
        Assert.Equal(0, rate.ImagesPerSecond);

        _time.Advance(TimeSpan.FromSeconds(2));
        rate.Add(7, 7000);
        Assert.Equal((2d, 2000d), (rate.ImagesPerSecond, rate.BytesPerSecond));
    }

    private sealed class Clock : TimeProvider
    {
        private TimeSpan _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan time) => _now += time;

        public override long GetTimestamp() => _now.Ticks;
    }
}
