using System.Diagnostics.Metrics;
using Noctis.Archive.Jobs;

namespace Noctis.Portal.Jobs;

/// <summary>How jobs ended, for OpenTelemetry and Prometheus.</summary>
public sealed class JobMetrics : IDisposable
{
    public const string MeterName = "Noctis.Jobs";

    private readonly Meter _meter;
    private readonly Counter<long> _runs;

    public JobMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _meter = meters.Create(MeterName);
        _runs = _meter.CreateCounter<long>("noctis.job.runs", "{run}", "Runs of scheduled jobs, by job and outcome");
    }

    public void Dispose() => _meter.Dispose();

    internal void Ended(string job, JobOutcome outcome) => _runs.Add(1, new("job", job), new("outcome", outcome.ToString()));
}
