using Noctis.Archive;
using Noctis.Archive.Journal;
using Noctis.Archive.Traffic;
using Noctis.Portal.Components;

namespace Noctis.Portal.Jobs;

internal sealed class JournalPruningJob(JournalPruning pruning, TrafficPruning traffic) : IScheduledJob
{
    public async Task<Result<string>> RunAsync(CancellationToken cancellationToken)
    {
        var removed = await pruning.RunAsync(cancellationToken) + await traffic.RunAsync(cancellationToken);
        return removed == 0 ? "" : $"{SizeText.Count(removed, "row")} removed.";
    }
}
