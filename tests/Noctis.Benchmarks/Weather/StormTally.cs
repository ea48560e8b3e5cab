namespace Noctis.Benchmarks.Weather;

/// <summary>How much of it there was: without it, a storm that did nothing would look like good weather. Thread safe.</summary>
internal sealed class StormTally
{
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public void Add(long count = 1) => Interlocked.Add(ref _count, count);
}
