using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Jobs;
using Noctis.Portal.Jobs;
using Noctis.Testing.Databases;

namespace Noctis.Portal.Tests.Jobs;

/// <summary>Two nodes on one database. On SQLite there is one node only, so that kind does nothing here.</summary>
public sealed class JobClusterTests
{
    private const int Fires = 8;

    private readonly FakeWork _work = new();

    [DatabaseTheory]
    public async Task TwoNodes_EachFireOfAJob_RunsOnce(DatabaseProviderKind kind)
    {
        if (kind == DatabaseProviderKind.Sqlite)
            return;
        await using var database = await TestDatabase.CreateAsync(kind);
        JobDefinition[] jobs = [FakeWork.Job("every second"), FakeWork.Job("0/1 * * * * ?", "Clock")];
        await using var first = await JobNodeUnderTest.StartAsync(database, _work, jobs, run: false);
        await using var second = await JobNodeUnderTest.StartAsync(database, _work, jobs, run: false);
        await Task.WhenAll(first.StartAsync(), second.StartAsync());

        // By the fires that were seen, not by the runs in the history: a busy node has run some before it is listened to.
        var runs = await WaitForRunsAsync(first, second, "Clock", _ => FiresOf("Clock").Count >= Fires);
        await Task.WhenAll(first.StopAsync(), second.StopAsync());

        Assert.Equal(FiresOf("Clock").Distinct().Count(), FiresOf("Clock").Count);
        Assert.Equal(FiresOf("Fake").Distinct().Count(), FiresOf("Fake").Count);
        Assert.All(runs, run => Assert.Contains(run.Node, NodesOf(first, second)));

        List<DateTimeOffset> FiresOf(string job) => [.. first.Fires.Concat(second.Fires).Where(fire => fire.Job == job).Select(fire => fire.Time)];
    }

    [DatabaseTheory]
    public async Task TwoNodes_RunNowOnOne_RunsOnceOnEither(DatabaseProviderKind kind)
    {
        if (kind == DatabaseProviderKind.Sqlite)
            return;
        await using var database = await TestDatabase.CreateAsync(kind);
        var job = FakeWork.Job("off");
        await using var first = await JobNodeUnderTest.StartAsync(database, _work, [job]);
        await using var second = await JobNodeUnderTest.StartAsync(database, _work, [job]);

        for (var asked = 1; asked <= 3; asked++)
        {
            Assert.True((await first.Control.RunNowAsync(JobNodeUnderTest.Administrator, job)).IsSuccess);
            await WaitForRunsAsync(first, second, "Fake", runs => runs.Count(run => run.Outcome == JobOutcome.Succeeded) == asked);
        }

        Assert.Equal(3, _work.Runs);
    }

    [DatabaseTheory]
    public async Task SecondNode_WithTheSameSettings_LeavesAPausedJobPaused(DatabaseProviderKind kind)
    {
        if (kind == DatabaseProviderKind.Sqlite)
            return;
        await using var database = await TestDatabase.CreateAsync(kind);
        var job = FakeWork.Job("every 2 hours");
        await using (var first = await JobNodeUnderTest.StartAsync(database, _work, [job, FakeWork.Job("every hour", "Gone")]))
            Assert.True((await first.Control.PauseAsync(JobNodeUnderTest.Administrator, job)).IsSuccess);

        await using (var second = await JobNodeUnderTest.StartAsync(database, _work, [job]))
        {
            var states = await second.Control.ReadAsync(JobNodeUnderTest.Administrator);
            Assert.True(states["Fake"].IsPaused);
            Assert.DoesNotContain("Gone", states.Keys);
        }

        // Another schedule is another decision, of whoever changed the setting.
        await using var third = await JobNodeUnderTest.StartAsync(database, _work, [job], new Dictionary<string, string?> { ["Jobs:Schedule:Fake"] = "every 3 hours" });
        Assert.False((await third.Control.ReadAsync(JobNodeUnderTest.Administrator))["Fake"].IsPaused);
    }

    [DatabaseTheory]
    public async Task LivingNodes_OnACluster_AreAllThatRun(DatabaseProviderKind kind)
    {
        if (kind == DatabaseProviderKind.Sqlite)
            return;
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var first = await JobNodeUnderTest.StartAsync(database, _work, [FakeWork.Job("off")]);
        await using var second = await JobNodeUnderTest.StartAsync(database, _work, [FakeWork.Job("off")]);

        Assert.Equal(NodesOf(first, second).Order(), (await first.Scheduler.LivingNodesAsync(default)).Distinct().Order());
    }

    private static IEnumerable<string> NodesOf(params JobNodeUnderTest[] nodes) => nodes.Select(node => node.Services.GetRequiredService<ServerNode>().Process);

    /// <summary>Either node may have run it, and tells only its own pages.</summary>
    private static async Task<IReadOnlyList<JobRun>> WaitForRunsAsync(
        JobNodeUnderTest first, JobNodeUnderTest second, string job, Func<IReadOnlyList<JobRun>, bool> isSo) =>
        await await Task.WhenAny(first.WaitForRunsAsync(isSo, job), second.WaitForRunsAsync(isSo, job));
}
