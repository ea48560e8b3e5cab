using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Noctis.Archive.Database;
using Noctis.Archive.Jobs;
using Noctis.Archive.Tests.Studies;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Jobs;

public sealed class JobHistoryTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static readonly AdministratorScope Administrator = AdministratorScope.ForSystem("test");

    private readonly ManualTime _time = new();

    // Tests share a database, and keep apart by their jobs.
    private readonly string _job = $"Job{Guid.NewGuid():N}";

    [DatabaseTheory]
    public async Task Run_FromBeginToEnd_IsTheLastOfItsJob(DatabaseProviderKind kind)
    {
        var (history, queries) = await OpenAsync(kind);
        var begun = await history.BeginAsync(_job, "node-1", null);
        Assert.Equal(JobOutcome.Running, (await queries.LastAsync(Administrator))[_job].Outcome);
        _time.Advance(TimeSpan.FromSeconds(3));
        await history.FinishAsync(begun, JobOutcome.Succeeded, new string('x', 2000));
        await history.FinishAsync(await history.BeginAsync(_job, new string('n', 300), "anna@example.org"), JobOutcome.Failed, "The disk is full.");

        var runs = await queries.ListAsync(Administrator, _job);

        Assert.Equal(runs[0].Id, (await queries.LastAsync(Administrator))[_job].Id);
        Assert.Equal((JobOutcome.Failed, "The disk is full.", JobCause.Person, "anna@example.org"), (runs[0].Outcome, runs[0].Result, runs[0].Cause, runs[0].RequestedBy));
        Assert.Equal((JobOutcome.Succeeded, 1000, JobCause.Schedule, "node-1"), (runs[1].Outcome, runs[1].Result.Length, runs[1].Cause, runs[1].Node));
        Assert.Equal(TimeSpan.FromSeconds(3), runs[1].FinishedUtc - runs[1].StartedUtc);
        Assert.Equal([runs[1].Id], (await queries.ListAsync(Administrator, _job, runs[0].Id)).Select(run => run.Id));
    }

    [DatabaseTheory]
    public async Task Begin_WhileAnEarlierRunStands_MarksItInterrupted(DatabaseProviderKind kind)
    {
        var (history, queries) = await OpenAsync(kind);
        var lost = await history.BeginAsync(_job, "node-1", null);
        var other = await history.BeginAsync(_job + "B", "node-1", null);
        await history.BeginAsync(_job, "node-2", null);

        var runs = await queries.ListAsync(Administrator, _job);
        Assert.Equal([JobOutcome.Running, JobOutcome.Interrupted], runs.Select(run => run.Outcome));
        Assert.Equal(JobHistory.NodeGone, runs[1].Result);
        Assert.Equal(JobOutcome.Running, (await queries.LastAsync(Administrator))[other.Job].Outcome);

        // Its node was only slow: what really came of it is the truth.
        await history.FinishAsync(lost, JobOutcome.Succeeded, "Done after all.");
        Assert.Equal("Done after all.", (await queries.ListAsync(Administrator, _job))[1].Result);
    }

    [DatabaseTheory]
    public async Task Interrupt_OfNodesThatAreGone_LeavesTheLivingAlone(DatabaseProviderKind kind)
    {
        var (history, queries) = await OpenAsync(kind);
        await history.BeginAsync(_job, "dead", null);
        await history.BeginAsync(_job + "B", "alive", null);

        Assert.InRange(await history.InterruptRunsOfOthersAsync(["alive", "other"]), 1, int.MaxValue);

        var last = await queries.LastAsync(Administrator);
        Assert.Equal(JobOutcome.Interrupted, last[_job].Outcome);
        Assert.Equal(JobOutcome.Running, last[_job + "B"].Outcome);
        await history.InterruptRunsOfOthersAsync(["nobody"]);
    }

    [DatabaseTheory]
    public async Task Finish_WithNothingToDo_ReplacesTheLastSuchRun(DatabaseProviderKind kind)
    {
        var (history, queries) = await OpenAsync(kind);
        foreach (var (result, requestedBy) in new[] { ("", null), ("3 removed.", null), ("", "anna"), ("", null), ("", (string?)null) })
        {
            _time.Advance(TimeSpan.FromSeconds(15));
            await history.FinishAsync(await history.BeginAsync(_job, "node", requestedBy), JobOutcome.Succeeded, result);
        }

        Assert.Equal(["", "", "3 removed."], (await queries.ListAsync(Administrator, _job)).Select(run => run.Result));

        // A run of yesterday is no repetition: that it ran at all is worth knowing.
        _time.Advance(TimeSpan.FromHours(24));
        await history.FinishAsync(await history.BeginAsync(_job, "node", null), JobOutcome.Succeeded, "");
        Assert.Equal(4, (await queries.ListAsync(Administrator, _job)).Count);
    }

    [DatabaseTheory]
    public async Task Prune_OldAndManyRuns_LeavesTheNewestOfEachJob(DatabaseProviderKind kind)
    {
        var (history, queries) = await OpenAsync(kind);
        var database = await databases.OpenAsync(kind);
        var ids = new IdGenerator(_time);
        await using (var context = database.AcrossFacilities())
        {
            context.Add(Run(_job + "Rare", ids.Next()));
            context.Add(Run(_job, ids.Next()));
            _time.Advance(JobHistory.Kept + TimeSpan.FromHours(1));
            context.AddRange(Enumerable.Range(0, JobHistory.MostRuns + 7).Select(_ => Run(_job + "Many", ids.Next())));
            context.Add(Run(_job, ids.Next()));
            await context.SaveChangesAsync();
        }

        await history.PruneAsync();

        await using var after = database.AcrossFacilities();
        Assert.Equal(1, await after.Set<JobRun>().CountAsync(run => run.Job == _job));
        Assert.Equal(1, await after.Set<JobRun>().CountAsync(run => run.Job == _job + "Rare"));
        Assert.Equal(JobHistory.MostRuns, await after.Set<JobRun>().CountAsync(run => run.Job == _job + "Many"));
        Assert.Equal(0, await history.PruneAsync());
        Assert.NotEmpty(await queries.LastAsync(Administrator));
    }

    private JobRun Run(string job, long id) => new()
    {
        Id = id,
        Job = job,
        StartedUtc = _time.GetUtcNow().UtcDateTime,
        FinishedUtc = _time.GetUtcNow().UtcDateTime,
        Outcome = JobOutcome.Succeeded,
        Result = "x",
        Node = "node",
    };

    private async Task<(JobHistory History, JobRunQueries Queries)> OpenAsync(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var services = database.CreateServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_time)));
        return (services.GetRequiredService<JobHistory>(), services.GetRequiredService<JobRunQueries>());
    }
}
