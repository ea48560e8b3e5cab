using Noctis.Archive.Traffic;

namespace Noctis.Gateway.Traffic;

/// <summary>What one facility's minute grew by since it was taken last. Counting is an addition each, without a lock. Thread safe.</summary>
internal sealed class TrafficCell
{
    private int _associations;
    private int _refusals;
    private int _images;
    private long _bytes;
    private long _storeTicks;
    private int _errors;
    private int _peak;
    private int _peakTaken;

    public void AddAssociation(int active)
    {
        Interlocked.Increment(ref _associations);
        RaisePeak(active);
    }

    public void AddRefusal() => Interlocked.Increment(ref _refusals);

    public void AddError() => Interlocked.Increment(ref _errors);

    public void AddImage(long bytes, TimeSpan duration)
    {
        Interlocked.Increment(ref _images);
        Interlocked.Add(ref _bytes, bytes);
        Interlocked.Add(ref _storeTicks, duration.Ticks);
    }

    public void RaisePeak(int active)
    {
        var peak = Volatile.Read(ref _peak);
        while (active > peak)
        {
            var seen = Interlocked.CompareExchange(ref _peak, active, peak);
            if (seen == peak)
                return;
            peak = seen;
        }
    }

    /// <summary>Moves what was counted to a row, and begins anew. One thread at a time takes.</summary>
    /// <returns>False when there was nothing, and the row is as it was.</returns>
    public bool TakeTo(TrafficMinute row)
    {
        var peak = Volatile.Read(ref _peak);
        var ticks = Interlocked.Exchange(ref _storeTicks, 0);
        // An image takes a few milliseconds: what is left of one must not be lost each time.
        var rest = ticks % TimeSpan.TicksPerMillisecond;
        Interlocked.Add(ref _storeTicks, rest);
        var (associations, refusals, images, errors) = (Take(ref _associations), Take(ref _refusals), Take(ref _images), Take(ref _errors));
        var bytes = Interlocked.Exchange(ref _bytes, 0);
        // An image's time may come alone, when its count was taken in the middle of its being added.
        if (associations + refusals + images + errors == 0 && bytes == 0 && ticks == rest && peak <= _peakTaken)
            return false;

        _peakTaken = peak;
        row.Associations += associations;
        row.Refusals += refusals;
        row.Images += images;
        row.Bytes += bytes;
        row.StoreMs += (ticks - rest) / TimeSpan.TicksPerMillisecond;
        row.PeakAssociations = Math.Max(row.PeakAssociations, peak);
        row.Errors += errors;
        return true;
    }

    private static int Take(ref int count) => Interlocked.Exchange(ref count, 0);
}
