using Noctis.Archive;
using Noctis.Archive.Integrity;

namespace Noctis.Portal.Jobs;

internal sealed class IntegrityJob(IntegrityCheck check) : IScheduledJob
{
    /// <summary>So that what it found is said while it goes on. The next run takes up where this one stops.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public async Task<Result<string>> RunAsync(CancellationToken cancellationToken)
    {
        var result = await check.RunAsync(Longest, cancellationToken);
        return result.IsSuccess ? result.Value.Summary : result.Error;
    }
}
