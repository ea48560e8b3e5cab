using Noctis.Archive;
using Noctis.Archive.Quarantine;

namespace Noctis.Portal.Jobs;

internal sealed class QuarantineJob(QuarantineDisposal quarantine) : IScheduledJob
{
    public async Task<Result<string>> RunAsync(CancellationToken cancellationToken) => await quarantine.RunAsync(cancellationToken);
}
