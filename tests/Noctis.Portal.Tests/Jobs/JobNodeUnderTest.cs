using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive;
using Noctis.Archive.Jobs;
using Noctis.Portal.Jobs;
using Noctis.Testing.Databases;
using Quartz;

namespace Noctis.Portal.Tests.Jobs;

/// <summary>One node of an installation, as far as jobs are concerned: the real scheduler on a test's database, with a test's jobs.</summary>
internal sealed class JobNodeUnderTest : IAsyncDisposable
{
    /// <summary>No assertion: what does not come by then never will.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _changed = new(0);
    private bool _isStopped;

    private JobNodeUnderTest(ServiceProvider services) => Services = services;

    public static AdministratorScope Administrator { get; } = AdministratorScope.ForSystem("test");

    public ServiceProvider Services { get; }

    public JobScheduler Scheduler => Services.GetRequiredService<JobScheduler>();

    public JobControl Control => Services.GetRequiredService<JobControl>();

    public JobRunQueries Runs => Services.GetRequiredService<JobRunQueries>();

    /// <summary>The times at which the schedule set this node's jobs off, since it was seen to run: it may have set some off before.</summary>
    public ConcurrentQueue<(string Job, DateTimeOffset Time)> Fires { get; } = [];

    public static async Task<JobNodeUnderTest> StartAsync(
        TestDatabase database, FakeWork work, JobDefinition[] jobs, IReadOnlyDictionary<string, string?>? settings = null, bool run = true)
    {
        var node = new JobNodeUnderTest(database.CreateServices(services =>
        {
            work.Register(services, jobs);
            services.AddNoctisJobs();
        }, settings));
        node.Services.GetRequiredService<JobEvents>().Changed += _ => node._changed.Release();
        if (run)
            await node.StartAsync();
        return node;
    }

    public async Task StartAsync()
    {
        await Scheduler.StartAsync(CancellationToken.None);
        while (Scheduler.Current is not { Status: SchedulerStatus.Running })
        {
            Assert.True(Scheduler.ExecuteTask is not { IsCompleted: true } || Scheduler.Current is not null, "The scheduler gave up.");
            await Task.Yield();
        }

        Scheduler.Current.ListenerManager.AddJobListener(new FireListener(Fires));
    }

    /// <summary>Waits until the history of a job is as asked, looking whenever a job of this node begins or ends.</summary>
    public async Task<IReadOnlyList<JobRun>> WaitForRunsAsync(Func<IReadOnlyList<JobRun>, bool> isSo, string job = "Fake")
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var runs = await Runs.ListAsync(Administrator, job, cancellationToken: limit.Token);
            if (isSo(runs))
                return runs;
            await _changed.WaitAsync(limit.Token);
        }
    }

    public async Task StopAsync()
    {
        if (_isStopped)
            return;
        _isStopped = true;
        await Scheduler.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private sealed class FireListener(ConcurrentQueue<(string Job, DateTimeOffset Time)> fires) : IJobListener
    {
        public string Name => "fires";

        public ValueTask JobToBeExecuted(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            if (context.Trigger.Key.Group == JobPlan.Group)
                fires.Enqueue((context.JobDetail.Key.Name, context.ScheduledFireTimeUtc!.Value));
            return ValueTask.CompletedTask;
        }
    }
}
