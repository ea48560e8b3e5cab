namespace Noctis.Benchmarks.Filling;

/// <summary>The time at which a made-up study arrives, for the ids of its rows, which grow with time.</summary>
internal sealed class FillClock : TimeProvider
{
    private long _ticks = DateTime.UtcNow.AddDays(-600).Ticks;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

    public void Set(DateTime utc) => Volatile.Write(ref _ticks, utc.Ticks);
}
