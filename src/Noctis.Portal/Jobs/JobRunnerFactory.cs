using Quartz;
using Quartz.Extensibility;

namespace Noctis.Portal.Jobs;

/// <summary>Hands Quartz the one runner, which makes the jobs and their scopes itself.</summary>
internal sealed class JobRunnerFactory(IServiceProvider services) : IJobFactory
{
    public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken = default) =>
        new(new JobScope(services.GetRequiredService<JobRunner>()));

    public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}
