using Noctis.Archive;
using Noctis.Archive.Integrity;
using Noctis.Archive.Jobs;

namespace Noctis.Portal.Jobs;

internal sealed class IntegrityJob(IntegrityCheck check, JobRunQueries runs) : IScheduledJob
{
    public const string Name = "Integrity";

    /// <summary>So that what it found is said while it goes on. The next run takes up where this one stops.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private static readonly AdministratorScope Scope = AdministratorScope.ForSystem("integrity job");

    public async Task<Result<string>> RunAsync(CancellationToken cancellationToken)
    {
        // Who asks by hand wants to know now, and not when the next round is due.
        var isAskedFor = await runs.ListAsync(Scope, Name, take: 1, cancellationToken: cancellationToken) is [{ Outcome: JobOutcome.Running, Cause: JobCause.Person }];
        var result = await check.RunAsync(Longest, isAskedFor, cancellationToken);
        return result.IsSuccess ? result.Value.Summary : result.Error;
    }
}
