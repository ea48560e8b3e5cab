using Noctis.Gateway.Listeners;

namespace Noctis.Portal.Dashboards;

/// <summary>How fast images come at this moment, from the counters of this server's listeners: over the last ten seconds.</summary>
internal sealed class LiveRate(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Queue<Sample> _samples = new();

    public double ImagesPerSecond { get; private set; }

    public double BytesPerSecond { get; private set; }

    /// <summary>Takes in what the counters show now.</summary>
    /// <returns>Whether the rates are others than before.</returns>
    public bool Add(long images, long bytes)
    {
        var now = new Sample(time.GetTimestamp(), images, bytes);
        // A listener that was removed takes its counters along.
        if (_samples.TryPeek(out var oldest) && (oldest.Images > images || oldest.Bytes > bytes))
            _samples.Clear();
        _samples.Enqueue(now);
        // One older than the window stays, so that the window is covered.
        while (_samples.Count > 2 && time.GetElapsedTime(_samples.ElementAt(1).Timestamp, now.Timestamp) >= Window)
            _samples.Dequeue();
        oldest = _samples.Peek();
        var seconds = time.GetElapsedTime(oldest.Timestamp, now.Timestamp).TotalSeconds;
        var before = (ImagesPerSecond, BytesPerSecond);
        (ImagesPerSecond, BytesPerSecond) = seconds <= 0 ? (0, 0) : ((images - oldest.Images) / seconds, (bytes - oldest.Bytes) / seconds);
        return before != (ImagesPerSecond, BytesPerSecond);
    }

    /// <summary>The sum of several listeners.</summary>
    public bool Add(IEnumerable<ListenerStatus> listeners)
    {
        var (images, bytes) = (0L, 0L);
        foreach (var listener in listeners)
            (images, bytes) = (images + listener.Images, bytes + listener.Bytes);
        return Add(images, bytes);
    }

    private readonly record struct Sample(long Timestamp, long Images, long Bytes);
}
