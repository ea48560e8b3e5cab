namespace Noctis.Archive.Integrity;

/// <summary>Holds a reader to a set speed. Not thread safe.</summary>
internal sealed class ReadPace(double bytesPerSecond, TimeProvider time)
{
    /// <summary>What was not used earlier is not caught up on in one burst.</summary>
    private static readonly TimeSpan MostBehind = TimeSpan.FromSeconds(1);

    /// <summary>Shorter waits are not worth their timer; they add up to one that is.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(20);

    private long _since = time.GetTimestamp();
    private double _bytes;

    /// <summary>Waits until these bytes, which were read, may have been.</summary>
    public async Task SpendAsync(long bytes, CancellationToken ct)
    {
        _bytes += bytes;
        TimeSpan ahead = TimeSpan.FromSeconds(_bytes / bytesPerSecond) - time.GetElapsedTime(_since);
        if (ahead < -MostBehind) (_since, _bytes) = (time.GetTimestamp(), 0);
        else if (ahead >= ShortestWait) await Task.Delay(ahead, time, ct);
    }
}
