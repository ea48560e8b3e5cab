using Microsoft.Extensions.Options;
using Noctis.Archive;
using Noctis.Archive.Jobs;
using Quartz;

namespace Noctis.Portal.Jobs;

/// <summary>
/// Brings what the scheduler knows in line with the list of jobs and the settings. In a persistent store that is only what differs:
/// a trigger that is as it should be keeps its next time. A job that a person has paused stays so, in any store; another schedule is
/// another decision, of whoever changed the setting.
/// </summary>
internal sealed class JobPlan(JobList jobs, IOptions<JobsOptions> options, JobRunQueries runs, JobPauses pauses, TimeProvider time)
{
    /// <summary>Of all keys of jobs and their triggers.</summary>
    public const string Group = "Noctis";

    private static readonly AdministratorScope Scope = AdministratorScope.ForSystem("scheduler");

    public static JobKey KeyOf(JobDefinition job) => new(job.Name, Group);

    public static TriggerKey TriggerOf(JobDefinition job) => new(job.Name, Group);

    public async Task ApplyAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        var last = await runs.LastAsync(Scope, cancellationToken);
        var paused = await pauses.ListAsync(cancellationToken);
        foreach (var job in jobs.All)
            await ApplyAsync(scheduler, job, last.GetValueOrDefault(job.Name)?.StartedUtc, paused.GetValueOrDefault(job.Name), cancellationToken);

        var known = await scheduler.QueryJobs(new JobQuery { Group = GroupMatcher<JobKey>.GroupEquals(Group) }, cancellationToken);
        foreach (var gone in known.Items.Where(header => jobs.Find(header.Key.Name) is null))
            await scheduler.DeleteJob(gone.Key, cancellationToken);
    }

    private async Task ApplyAsync(IScheduler scheduler, JobDefinition job, DateTime? lastUtc, string? paused, CancellationToken cancellationToken)
    {
        var schedule = options.Value.Of(job);
        var detail = JobBuilder.Create<JobRunner>().WithIdentity(KeyOf(job)).WithDescription(job.Title).StoreDurably().DisallowConcurrentExecution().Build();
        await scheduler.AddJob(detail, AddJobOptions.Replacing, cancellationToken);

        var existing = await scheduler.GetTrigger(TriggerOf(job), cancellationToken);
        if (schedule.IsOff)
        {
            if (existing is not null)
                await scheduler.UnscheduleJob(existing.Key, cancellationToken);
            return;
        }

        // The schedule's text lies in the trigger, so that a changed setting is seen. Two nodes that start at once replace each other's.
        if (existing?.Description == schedule.Text)
            return;
        var trigger = TriggerBuilder.Create().WithIdentity(TriggerOf(job)).ForJob(detail).WithDescription(schedule.Text)
            .StartAt(FirstFire(schedule, lastUtc)).WithSchedule(schedule.ToQuartz()).Build();
        await scheduler.ScheduleJob(trigger, ScheduleJobOptions.Replacing, cancellationToken);
        if (paused == schedule.Text)
        {
            await scheduler.PauseTrigger(TriggerOf(job), cancellationToken);
            return;
        }

        if (paused is not null)
            await pauses.ForgetAsync(job.Name, cancellationToken);
        if (existing is null && WasMissed(schedule, lastUtc))
            await scheduler.TriggerJob(KeyOf(job), cancellationToken: cancellationToken);
    }

    /// <summary>An interval goes on from the last run: a server that is started often runs an hourly job no more often.</summary>
    private DateTimeOffset FirstFire(JobSchedule schedule, DateTime? lastUtc)
    {
        var now = time.GetUtcNow();
        return schedule.Interval is { } interval && lastUtc is { } last && last + interval > now ? last + interval : now;
    }

    /// <summary>A store in memory knows nothing of what should have run while the server was down; the history does.</summary>
    private bool WasMissed(JobSchedule schedule, DateTime? lastUtc) =>
        lastUtc is { } last && schedule.PreviousBefore(time.GetUtcNow()) is { } due && last < due;
}
