using Microsoft.Extensions.Options;
using Noctis.Archive;
using Noctis.Archive.Jobs;
using Quartz;

namespace Noctis.Portal.Jobs;

/// <summary>
/// The scheduler's life: starts it, trying again for as long as it cannot be, and stops it with the server. Jobs are then told to
/// end by their token and waited for, up to a limit.
/// </summary>
internal sealed class JobScheduler(
    QuartzFactory quartz, JobPlan plan, ServerNode node, JobHistory history, IOptions<JobsOptions> options, ILogger<JobScheduler> logger) : BackgroundService
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(10);

    private StandaloneSchedulerFactory? _factory;

    /// <summary>Null until it has been made.</summary>
    public IScheduler? Current { get; private set; }

    /// <summary>The nodes that are there, or have not been silent for long; this one is always among them.</summary>
    public async Task<IReadOnlyCollection<string>> LivingNodesAsync(CancellationToken cancellationToken) =>
        Current is { } scheduler ? await LivingNodesAsync(scheduler, cancellationToken) : [node.Process];

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (Current is { } scheduler)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(options.Value.StopSeconds));
            await scheduler.Shutdown(waitForJobsToComplete: true, limit.Token);
        }

        if (_factory is not null)
            await _factory.DisposeAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await StartSchedulerAsync(stoppingToken);
                return;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.SchedulerNotStarted(logger, exception, RetryPause.TotalSeconds);
                await Task.Delay(RetryPause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task StartSchedulerAsync(CancellationToken cancellationToken)
    {
        if (_factory is not null)
            await _factory.DisposeAsync();
        _factory = quartz.Create();
        var scheduler = await _factory.GetScheduler(cancellationToken);
        await history.InterruptRunsOfOthersAsync(await LivingNodesAsync(scheduler, cancellationToken), cancellationToken);
        await plan.ApplyAsync(scheduler, cancellationToken);
        // Before it starts: its first job may ask for the nodes.
        Current = scheduler;
        await scheduler.Start(cancellationToken);
        Log.SchedulerStarted(logger, node.Process);
    }

    private async Task<IReadOnlyCollection<string>> LivingNodesAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        var nodes = await scheduler.QueryClusterNodes(cancellationToken);
        return [node.Process, .. nodes.Where(other => other.State != ClusterNodeState.Failed).Select(other => other.InstanceId)];
    }
}
