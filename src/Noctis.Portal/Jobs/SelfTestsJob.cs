using Noctis.Archive;
using Noctis.Archive.SelfTests;
using Noctis.Portal.Components;

namespace Noctis.Portal.Jobs;

/// <summary>Each node tests its own listeners by itself; this says what came of it, in the list of jobs, and removes what is old.</summary>
internal sealed class SelfTestsJob(SelfTestQueries tests, SelfTestRecords records, TimeProvider time) : IScheduledJob
{
    /// <summary>What is older was tested before a node went away or tests were switched off.</summary>
    private static readonly TimeSpan Current = TimeSpan.FromHours(2);

    public async Task<Result<string>> RunAsync(CancellationToken cancellationToken)
    {
        await records.PruneAsync(cancellationToken);
        var since = time.GetUtcNow().UtcDateTime - Current;
        var last = (await tests.ListLastAsync(AdministratorScope.ForSystem("self-tests"), cancellationToken))
            .Where(test => test.Kind == SelfTestKind.Echo && test.TimeUtc >= since).ToList();
        var failed = last.Count(test => !test.Succeeded);
        return last.Count == 0 ? ""
            : failed == 0 ? $"{SizeText.Count(last.Count, "listener")} answered."
            : $"{SizeText.Count(failed)} of {SizeText.Count(last.Count, "listener")} did not answer. Home of the facility says why.";
    }
}
