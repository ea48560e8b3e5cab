using Noctis.Archive;
using Noctis.Archive.Retention;

namespace Noctis.Portal.Jobs;

internal sealed class RetentionJob(RetentionSweep sweep) : IScheduledJob
{
    public async Task<Result<string>> RunAsync(CancellationToken cancellationToken) => await sweep.RunAsync(cancellationToken);
}
