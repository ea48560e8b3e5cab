using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Noctis.Archive.Facilities;

/// <summary>Runs <see cref="FacilityDeletion"/> at start, for what a crash left, at each change of a facility, and now and then for other nodes' work.</summary>
internal sealed class FacilityDeletionService(FacilityDeletion deletion, FacilityChanges changes, TimeProvider time, ILogger<FacilityDeletionService> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var signal = new SemaphoreSlim(1, 1);
        using var subscription = changes.Subscribe(_ => Wake(signal));
        while (true)
        {
            await WaitAsync(signal, stoppingToken);
            await RunOnceAsync(stoppingToken);
        }
    }

    private static void Wake(SemaphoreSlim signal)
    {
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // A run that is to come will see this change too.
        }
    }

    private async Task WaitAsync(SemaphoreSlim signal, CancellationToken stoppingToken)
    {
        using var interval = new CancellationTokenSource(Interval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, interval.Token);
        try
        {
            await signal.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // The interval is over.
        }
    }

    private async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        var current = Guid.Empty;
        try
        {
            foreach (var facilityId in await deletion.ListAsync(stoppingToken))
            {
                current = facilityId;
                await deletion.RunAsync(facilityId, stoppingToken);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            // The mark in the database stays: nothing is forgotten, and one facility's trouble does not end the service.
            Log.FacilityDeletionFailed(logger, exception, current, Interval.TotalSeconds);
        }
    }
}
