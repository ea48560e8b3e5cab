using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Jobs;
using Noctis.Portal.Jobs;
using Noctis.Testing.Databases;

namespace Noctis.Portal.Tests.Jobs;

public sealed class JobSchedulerTests
{
    private readonly FakeWork _work = new();

    [DatabaseTheory]
    public async Task Job_OfTheList_RunsBySchedule(DatabaseProviderKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await JobNodeUnderTest.StartAsync(database, _work, [FakeWork.Job("every second")]);

        var runs = await node.WaitForRunsAsync(runs => runs.Count(run => run.Outcome == JobOutcome.Succeeded) >= 2);

        Assert.All(runs, run => Assert.Equal((JobCause.Schedule, ""), (run.Cause, run.RequestedBy)));
        Assert.All(runs, run => Assert.StartsWith(Environment.MachineName[..1], run.Node, StringComparison.Ordinal));
        Assert.Equal("Did it.", runs[^1].Result);
        Assert.True(runs[^1].FinishedUtc >= runs[^1].StartedUtc);
        Assert.Equal(1, _work.MostAtOnce);
    }

    [DatabaseTheory]
    public async Task Job_ThatThrows_IsWrittenDownInPlainWordsAndRunsAgain(DatabaseProviderKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        _work.Do = _ => _work.Runs switch
        {
            1 => throw new InvalidOperationException("PatientName of row 7"),
            2 => Task.FromException<Result<string>>(new IOException("/data/facilities/secret.dcm")),
            3 => Task.FromResult<Result<string>>(new ConflictError("The quota of two facilities is reached.")),
            _ => Task.FromResult<Result<string>>("Well again."),
        };
        await using var node = await JobNodeUnderTest.StartAsync(database, _work, [FakeWork.Job("every second")]);

        var runs = await node.WaitForRunsAsync(runs => runs.Any(run => run.Outcome == JobOutcome.Succeeded));

        var failed = runs.Where(run => run.Outcome == JobOutcome.Failed).OrderBy(run => run.Id).Select(run => run.Result).ToList();
        Assert.Equal(3, failed.Count);
        Assert.StartsWith("It met an error that was not foreseen.", failed[0], StringComparison.Ordinal);
        Assert.StartsWith("The disk or a folder could not be used.", failed[1], StringComparison.Ordinal);
        Assert.Equal("The quota of two facilities is reached.", failed[2]);
        Assert.DoesNotContain(failed, text => text.Contains("row 7", StringComparison.Ordinal) || text.Contains("secret", StringComparison.Ordinal));
    }

    [DatabaseTheory]
    public async Task Stop_WhileAJobRuns_EndsItByItsTokenAndSaysSo(DatabaseProviderKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        _work.Do = async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return "Never.";
        };
        await using var node = await JobNodeUnderTest.StartAsync(database, _work, [FakeWork.Job("every second")]);
        await node.WaitForRunsAsync(runs => runs.Count == 1);

        await node.StopAsync();

        var run = Assert.Single(await node.Runs.ListAsync(JobNodeUnderTest.Administrator, "Fake"));
        Assert.Equal(JobOutcome.Interrupted, run.Outcome);
        Assert.StartsWith("Cut short", run.Result, StringComparison.Ordinal);
    }

    [DatabaseTheory]
    public async Task Stop_WithAJobThatDoesNotEnd_WaitsNoLongerThanTheLimit(DatabaseProviderKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var end = new TaskCompletionSource();
        _work.Do = async _ =>
        {
            await end.Task;
            return "At last.";
        };
        await using var node = await JobNodeUnderTest.StartAsync(database, _work, [FakeWork.Job("every second")],
            new Dictionary<string, string?> { ["Jobs:StopSeconds"] = "0" });
        await node.WaitForRunsAsync(runs => runs.Count == 1);

        // Would hang for ever if the limit did not hold.
        await node.StopAsync();

        Assert.Equal(JobOutcome.Running, Assert.Single(await node.Runs.ListAsync(JobNodeUnderTest.Administrator, "Fake")).Outcome);
        end.SetResult();
    }

    [DatabaseTheory]
    public async Task RunNow_OfAJobThatIsOff_RunsItOnceForThePersonAndIsAudited(DatabaseProviderKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var job = FakeWork.Job("every second");
        await using var node = await JobNodeUnderTest.StartAsync(database, _work, [job], new Dictionary<string, string?> { ["Jobs:Schedule:fake"] = "off" });
        var gate = new TaskCompletionSource();
        _work.Do = async _ =>
        {
            await gate.Task;
            return "";
        };
        Assert.False((await node.Control.ReadAsync(JobNodeUnderTest.Administrator)).ContainsKey("Fake"));

        Assert.True((await node.Control.RunNowAsync(JobNodeUnderTest.Administrator, job)).IsSuccess);
        await node.WaitForRunsAsync(runs => runs.Any(run => run.Outcome == JobOutcome.Running));
        var again = await node.Control.RunNowAsync(JobNodeUnderTest.Administrator, job);
        var pause = await node.Control.PauseAsync(JobNodeUnderTest.Administrator, job);
        gate.SetResult();
        var run = Assert.Single(await node.WaitForRunsAsync(runs => runs.All(run => run.Outcome != JobOutcome.Running)));

        Assert.Equal((JobOutcome.Succeeded, "", JobCause.Person, "test"), (run.Outcome, run.Result, run.Cause, run.RequestedBy));
        Assert.Equal("Fake job is running already. It runs once at a time.", Assert.IsType<ConflictError>(again.Error).Message);
        Assert.Contains("has no schedule", Assert.IsType<ConflictError>(pause.Error).Message, StringComparison.Ordinal);
        Assert.Equal(1, _work.Runs);
        var audit = await node.Services.GetRequiredService<AuditTrail>().ListAsync(JobNodeUnderTest.Administrator);
        Assert.Equal("Fake", Assert.Single(audit, entry => entry.Action == AuditAction.JobStarted).SubjectId);
        Assert.DoesNotContain(audit, entry => entry.Action == AuditAction.JobPaused);
    }

    [DatabaseTheory]
    public async Task Pause_OfAJob_KeepsItFromRunningUntilItIsResumed(DatabaseProviderKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var job = FakeWork.Job("every second");
        await using var node = await JobNodeUnderTest.StartAsync(database, _work, [job]);
        await node.WaitForRunsAsync(runs => runs.Any(run => run.Outcome == JobOutcome.Succeeded));

        Assert.True((await node.Control.PauseAsync(JobNodeUnderTest.Administrator, job)).IsSuccess);
        var paused = (await node.Control.ReadAsync(JobNodeUnderTest.Administrator))["Fake"];
        Assert.Equal((null, true), (paused.NextUtc, paused.IsPaused));
        var before = (await node.WaitForRunsAsync(runs => runs.All(run => run.Outcome != JobOutcome.Running))).Count;
        Assert.True((await node.Control.RunNowAsync(JobNodeUnderTest.Administrator, job)).IsSuccess);
        await node.WaitForRunsAsync(runs => runs.Any(run => run is { Cause: JobCause.Person, Outcome: JobOutcome.Succeeded }));
        var between = await node.Runs.ListAsync(JobNodeUnderTest.Administrator, "Fake");
        Assert.InRange(between.Count, before + 1, before + 1);

        Assert.True((await node.Control.ResumeAsync(JobNodeUnderTest.Administrator, job)).IsSuccess);
        await node.WaitForRunsAsync(runs => runs.Count > between.Count);
        Assert.False((await node.Control.ReadAsync(JobNodeUnderTest.Administrator))["Fake"].IsPaused);
    }

    [DatabaseTheory]
    public async Task Pause_OfAJob_OutlivesTheProcess(DatabaseProviderKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var job = FakeWork.Job("every second");
        await using (var first = await JobNodeUnderTest.StartAsync(database, _work, [job]))
            Assert.True((await first.Control.PauseAsync(JobNodeUnderTest.Administrator, job)).IsSuccess);

        await using (var second = await JobNodeUnderTest.StartAsync(database, _work, [job]))
        {
            var before = (await second.WaitForRunsAsync(runs => runs.All(run => run.Outcome != JobOutcome.Running))).Count;
            Assert.Equal((null, true), await StateAsync(second));
            Assert.True((await second.Control.RunNowAsync(JobNodeUnderTest.Administrator, job)).IsSuccess);
            var runs = await second.WaitForRunsAsync(runs => runs.Any(run => run is { Cause: JobCause.Person, Outcome: JobOutcome.Succeeded }));
            Assert.Equal(before + 1, runs.Count);
            Assert.True((await second.Control.ResumeAsync(JobNodeUnderTest.Administrator, job)).IsSuccess);
        }

        await using var third = await JobNodeUnderTest.StartAsync(database, _work, [job]);
        Assert.False((await StateAsync(third)).IsPaused);

        static async Task<(DateTime? NextUtc, bool IsPaused)> StateAsync(JobNodeUnderTest node)
        {
            var state = (await node.Control.ReadAsync(JobNodeUnderTest.Administrator))["Fake"];
            return (state.NextUtc, state.IsPaused);
        }
    }

    [DatabaseTheory]
    public async Task Start_AfterAMissedRun_MakesUpForItOnce(DatabaseProviderKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await AddRunAsync(database, "Missed", DateTime.UtcNow.AddDays(-3));
        await AddRunAsync(database, "Recent", DateTime.UtcNow.AddMinutes(-1));
        JobDefinition[] jobs =
        [
            FakeWork.Job("0 0 0/12 * * ?", "Missed"), FakeWork.Job("every 20 hours", "Recent"), FakeWork.Job("0 0 0/12 * * ?", "New"), FakeWork.Job("every 20 hours", "First"),
        ];
        await using var node = await JobNodeUnderTest.StartAsync(database, _work, jobs);

        await node.WaitForRunsAsync(runs => runs is [{ Outcome: JobOutcome.Succeeded }, _], "Missed");
        await node.WaitForRunsAsync(runs => runs is [{ Outcome: JobOutcome.Succeeded }], "First");

        Assert.Equal(2, _work.Runs);
        Assert.Empty(await node.Runs.ListAsync(JobNodeUnderTest.Administrator, "New"));
        var next = (await node.Control.ReadAsync(JobNodeUnderTest.Administrator))["Recent"].NextUtc;
        Assert.InRange(next!.Value, DateTime.UtcNow.AddHours(19), DateTime.UtcNow.AddHours(20));
    }

    [DatabaseTheory]
    public async Task Start_AfterACrash_MarksWhatTheDeadNodeWasRunning(DatabaseProviderKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await AddRunAsync(database, "Fake", DateTime.UtcNow.AddMinutes(-5), JobOutcome.Running);

        await using var node = await JobNodeUnderTest.StartAsync(database, _work, [FakeWork.Job("off")]);

        var run = Assert.Single(await node.Runs.ListAsync(JobNodeUnderTest.Administrator, "Fake"));
        Assert.Equal((JobOutcome.Interrupted, JobHistory.NodeGone), (run.Outcome, run.Result));
    }

    private static async Task AddRunAsync(TestDatabase database, string job, DateTime startedUtc, JobOutcome outcome = JobOutcome.Succeeded)
    {
        await using var context = database.AcrossFacilities();
        context.Add(new JobRun
        {
            Id = IdGenerator.FirstAt(startedUtc),
            Job = job,
            StartedUtc = startedUtc,
            FinishedUtc = outcome == JobOutcome.Running ? null : startedUtc,
            Outcome = outcome,
            Result = "Earlier.",
            Node = "dead-1",
        });
        await context.SaveChangesAsync();
    }
}
