using Noctis.Archive;
using Noctis.Archive.Auditing;
using Noctis.Archive.Jobs;
using Quartz;

namespace Noctis.Portal.Jobs;

/// <summary>What administrators see of the scheduler and do to it. On a cluster any node's page does, and any node may run the job.</summary>
public sealed class JobControl
{
    private readonly JobScheduler _scheduler;
    private readonly JobRunQueries _runs;
    private readonly JobPauses _pauses;
    private readonly JobEvents _events;
    private readonly AuditTrail _audit;

    internal JobControl(JobScheduler scheduler, JobRunQueries runs, JobPauses pauses, JobEvents events, AuditTrail audit) =>
        (_scheduler, _runs, _pauses, _events, _audit) = (scheduler, runs, pauses, events, audit);

    /// <summary>By the jobs' names; empty while the scheduler has not started.</summary>
    public async Task<IReadOnlyDictionary<string, JobState>> ReadAsync(AdministratorScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (_scheduler.Current is not { } scheduler)
            return new Dictionary<string, JobState>();
        var triggers = await scheduler.QueryTriggers(new TriggerQuery { Take = PagedQuery.All }, cancellationToken);
        return triggers.Items.Where(trigger => trigger.JobKey.Group == JobPlan.Group).GroupBy(trigger => trigger.JobKey.Name)
            .ToDictionary(job => job.Key, job => StateOf([.. job]), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Runs a job as soon as a node is free for it, whatever its schedule says.</summary>
    public async Task<Result> RunNowAsync(AdministratorScope actor, JobDefinition job, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(job);
        if (_scheduler.Current is not { } scheduler)
            return NotStarted();
        if (await _runs.ListAsync(actor, job.Name, take: 1, cancellationToken: cancellationToken) is [{ Outcome: JobOutcome.Running }])
            return new ConflictError($"{job.Title} is running already. It runs once at a time.");
        if ((await ReadAsync(actor, cancellationToken)).GetValueOrDefault(job.Name)?.IsRequested == true)
            return new ConflictError($"{job.Title} has been asked for already, and begins in a moment.");

        await _audit.WriteAsync(AuditActor.Of(actor), AuditAction.JobStarted, null, job.Name, job.Title, cancellationToken);
        await scheduler.TriggerJob(JobPlan.KeyOf(job), new JobDataMap { [JobRunner.RequestedBy] = actor.ActorName }, cancellationToken);
        _events.Publish(job.Name);
        return Result.Success;
    }

    /// <summary>Its schedule no longer sets it off, after a restart neither; a person still can.</summary>
    public Task<Result> PauseAsync(AdministratorScope actor, JobDefinition job, CancellationToken cancellationToken = default) =>
        ChangeAsync(actor, job, true, (scheduler, trigger) => scheduler.PauseTrigger(trigger, cancellationToken), cancellationToken);

    public Task<Result> ResumeAsync(AdministratorScope actor, JobDefinition job, CancellationToken cancellationToken = default) =>
        ChangeAsync(actor, job, false, (scheduler, trigger) => scheduler.ResumeTrigger(trigger, cancellationToken), cancellationToken);

    private async Task<Result> ChangeAsync(
        AdministratorScope actor, JobDefinition job, bool isPaused, Func<IScheduler, TriggerKey, ValueTask<bool>> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(job);
        if (_scheduler.Current is not { } scheduler)
            return NotStarted();
        var trigger = await scheduler.GetTrigger(JobPlan.TriggerOf(job), cancellationToken);
        if (trigger is null || !await change(scheduler, trigger.Key))
            return new ConflictError($"{job.Title} has no schedule: its setting is \"off\".");
        if (isPaused)
            await _pauses.PauseAsync(job.Name, trigger.Description ?? "", cancellationToken);
        else
            await _pauses.ForgetAsync(job.Name, cancellationToken);
        await _audit.WriteAsync(AuditActor.Of(actor), isPaused ? AuditAction.JobPaused : AuditAction.JobResumed, null, job.Name, job.Title, cancellationToken);
        _events.Publish(job.Name);
        return Result.Success;
    }

    private static JobState StateOf(IReadOnlyList<TriggerHeader> triggers)
    {
        var schedule = triggers.FirstOrDefault(trigger => trigger.Key.Group == JobPlan.Group);
        var isPaused = schedule?.State == TriggerState.Paused;
        // What a person has set off has a trigger of its own, in Quartz' default group, which goes some moments after the run.
        var isRequested = triggers.Any(trigger => trigger.Key.Group != JobPlan.Group && trigger.State is (TriggerState.Normal or TriggerState.Blocked));
        return new JobState(isPaused ? null : schedule?.NextFireTimeUtc?.UtcDateTime, isPaused, isRequested);
    }

    private static ConflictError NotStarted() =>
        new("The scheduler has not started yet. Try again in a few seconds; if that does not help, the server's log says why.");
}
