using Noctis.Archive.Integrity;
using Noctis.Archive.Tests.Studies;

namespace Noctis.Archive.Tests.Integrity;

public sealed class ReadPaceTests
{
    [Fact]
    public void Spend_MoreThanTheSecondsAllow_WaitsForThem()
    {
        var time = new SteppedTime();
        var pace = new ReadPace(1000, time);

        Assert.True(pace.SpendAsync(10, default).IsCompleted);
        Task waits = pace.SpendAsync(1990, default);
        Assert.False(waits.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(waits.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(waits.IsCompleted);
    }

    [Fact]
    public void Spend_AfterAPause_DoesNotCatchUpInABurst()
    {
        var time = new SteppedTime();
        var pace = new ReadPace(1000, time);
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(pace.SpendAsync(1000, default).IsCompleted);
        Assert.False(pace.SpendAsync(2000, default).IsCompleted);
    }

    /// <summary>A clock whose timestamps go with its time.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        private readonly ManualTime _time = new();

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _time.GetUtcNow().Ticks;

        public override DateTimeOffset GetUtcNow() => _time.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _time.CreateTimer(callback, state, dueTime, period);

        public void Advance(TimeSpan by) => _time.Advance(by);
    }
}
