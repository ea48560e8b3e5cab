using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.Jobs;

/// <summary>
/// Writes down each run of a scheduled job. A job runs once at a time in the whole installation, so whatever else of it stands as
/// running when a run begins belongs to a node that is gone.
/// </summary>
public sealed class JobHistory(ICrossTenantDbContextFactory databases, IdGenerator ids, TimeProvider time)
{
    /// <summary>How long a run stays in the history.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Runs of one job that are kept at most.</summary>
    public const int MostRuns = 500;

    /// <summary>What stands in the history of a run whose node went away.</summary>
    public const string NodeGone = "Its server went away while it ran. The next run goes on from there.";

    /// <summary>A run that did nothing replaces the last such one within this time: a job of every 15 seconds must not fill its history with them.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromHours(1);

    private const int BatchSize = 1000;

    /// <summary>Writes down that a run begins.</summary>
    /// <param name="job">Its name.</param>
    /// <param name="node">Who runs it.</param>
    /// <param name="requestedBy">The person who asked for it; null when the schedule did.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<JobRun> BeginAsync(string job, string node, string? requestedBy, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(job);
        ArgumentException.ThrowIfNullOrEmpty(node);
        await using var database = databases.CreateAcrossFacilities();
        await InterruptAsync(database, database.Set<JobRun>().Where(run => run.Job == job), cancellationToken);
        var begun = new JobRun
        {
            Id = ids.Next(),
            Job = job,
            StartedUtc = Now,
            Outcome = JobOutcome.Running,
            Node = Cut(node, JobRun.NodeLength),
            Cause = requestedBy is null ? JobCause.Schedule : JobCause.Person,
            RequestedBy = Cut(requestedBy ?? "", JobRun.RequestedByLength),
        };
        database.Add(begun);
        await database.SaveChangesAsync(cancellationToken);
        return begun;
    }

    /// <summary>Writes down how a run ended.</summary>
    /// <param name="begun">As <see cref="BeginAsync"/> returned it.</param>
    /// <param name="outcome">Anything but Running.</param>
    /// <param name="result">What it did, or why it failed; empty when there was nothing to do.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task FinishAsync(JobRun begun, JobOutcome outcome, string result, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(begun);
        ArgumentNullException.ThrowIfNull(result);
        var (finished, text) = (Now, Cut(result, JobRun.ResultLength));
        await using var database = databases.CreateAcrossFacilities();
        await database.Set<JobRun>().Where(run => run.Id == begun.Id).ExecuteUpdateAsync(set => set
            .SetProperty(run => run.Outcome, outcome)
            .SetProperty(run => run.Result, text)
            .SetProperty(run => run.FinishedUtc, finished), cancellationToken);
        if (outcome != JobOutcome.Succeeded || text.Length > 0)
            return;
        var since = finished - Idle;
        await database.Set<JobRun>()
            .Where(run => run.Job == begun.Job && run.Id < begun.Id && run.StartedUtc > since
                && run.Outcome == JobOutcome.Succeeded && run.Result == "" && run.Cause == JobCause.Schedule)
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Marks what nodes that are gone were running.</summary>
    /// <param name="livingNodes">The nodes that are there, this one included.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>How many runs.</returns>
    public async Task<int> InterruptRunsOfOthersAsync(IReadOnlyCollection<string> livingNodes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(livingNodes);
        await using var database = databases.CreateAcrossFacilities();
        return await InterruptAsync(database, database.Set<JobRun>().Where(run => !livingNodes.Contains(run.Node)), cancellationToken);
    }

    /// <summary>Removes old runs, and the oldest of a job that has very many.</summary>
    /// <returns>How many.</returns>
    public async Task<int> PruneAsync(CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateAcrossFacilities();
        var removed = 0;
        var jobs = await database.Set<JobRun>().Select(run => run.Job).Distinct().ToListAsync(cancellationToken);
        foreach (var job in jobs)
        {
            var runs = database.Set<JobRun>().Where(run => run.Job == job);
            var newest = await runs.MaxAsync(run => run.Id, cancellationToken);
            var surplus = await runs.OrderByDescending(run => run.Id).Skip(MostRuns).Select(run => run.Id).FirstOrDefaultAsync(cancellationToken);
            // The newest stays whatever its age, so that a page can say when a rare job ran last.
            var last = Math.Min(Math.Max(IdGenerator.FirstAt(Now - Kept) - 1, surplus), newest - 1);
            int batch;
            do
            {
                batch = await runs.Where(run => run.Id <= last).OrderBy(run => run.Id).Take(BatchSize).ExecuteDeleteAsync(cancellationToken);
                removed += batch;
            }
            while (batch == BatchSize);
        }

        return removed;
    }

    private async Task<int> InterruptAsync(NoctisDbContext database, IQueryable<JobRun> runs, CancellationToken cancellationToken)
    {
        var now = Now;
        return await runs.Where(run => run.Outcome == JobOutcome.Running).ExecuteUpdateAsync(set => set
            .SetProperty(run => run.Outcome, JobOutcome.Interrupted)
            .SetProperty(run => run.Result, NodeGone)
            .SetProperty(run => run.FinishedUtc, now), cancellationToken);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private static string Cut(string text, int length) => text.Length > length ? text[..length] : text;
}
