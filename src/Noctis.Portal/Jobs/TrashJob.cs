using Noctis.Archive;
using Noctis.Archive.Retention;

namespace Noctis.Portal.Jobs;

internal sealed class TrashJob(TrashEmptying trash) : IScheduledJob
{
    public async Task<Result<string>> RunAsync(CancellationToken cancellationToken) => await trash.RunAsync(cancellationToken);
}
