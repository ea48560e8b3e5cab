using Noctis.Archive;
using Noctis.Archive.Integrity;

namespace Noctis.Portal.Jobs;

internal sealed class OrphansJob(OrphanCheck check) : IScheduledJob
{
    public async Task<Result<string>> RunAsync(CancellationToken cancellationToken)
    {
        var result = await check.RunAsync(cancellationToken);
        return result.IsSuccess ? result.Value.Summary : result.Error;
    }
}
