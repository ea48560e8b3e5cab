using System.Diagnostics.Metrics;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Ingest;

/// <summary>What the index and the disk count, for OpenTelemetry and Prometheus. Counting costs nothing while nobody listens. Thread safe.</summary>
public sealed class IngestMetrics : IDisposable
{
    public const string MeterName = "Noctis.Archive";

    private readonly Meter _meter;
    private readonly Histogram<int> _batch;
    private readonly Histogram<double> _commit;

    /// <param name="meters">The host's; null makes a meter of our own.</param>
    /// <param name="disk">The disk of the storage folder.</param>
    public IngestMetrics(IMeterFactory? meters, IDiskSpace disk)
    {
        ArgumentNullException.ThrowIfNull(disk);
        _meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _batch = _meter.CreateHistogram("noctis.index.batch.size", "{object}", "Objects of one transaction of the index",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });
        _commit = _meter.CreateHistogram("noctis.index.commit.duration", "s", "From the beginning of a transaction of the index to its end",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] });
        _meter.CreateObservableGauge("noctis.disk.free", () => Known(disk.FreeBytes), "By", "Free space of the disk that holds the images");
        _meter.CreateObservableGauge("noctis.disk.size", () => Known(disk.TotalBytes), "By", "Size of the disk that holds the images");
    }

    public void Dispose() => _meter.Dispose();

    internal void ObserveQueue(Func<int> length) =>
        _meter.CreateObservableGauge("noctis.index.queue", length, "{object}", "Objects that wait for the index");

    internal void Committed(int objects, TimeSpan duration)
    {
        _batch.Record(objects);
        _commit.Record(duration.TotalSeconds);
    }

    // What the system does not say is better left out than drawn.
    private static IEnumerable<Measurement<long>> Known(long bytes) => bytes is 0 or long.MaxValue ? [] : [new Measurement<long>(bytes)];
}
