using Noctis.Archive;
using Noctis.Archive.Storage;
using Noctis.Portal.Components;

namespace Noctis.Portal.Jobs;

internal sealed class StorageStatisticsJob(StorageStatistics statistics) : IScheduledJob
{
    public async Task<Result<string>> RunAsync(CancellationToken cancellationToken)
    {
        var facilities = await statistics.RunAsync(cancellationToken);
        return facilities == 0 ? "" : $"Figures of {SizeText.Count(facilities, "facility", "facilities")} written.";
    }
}
