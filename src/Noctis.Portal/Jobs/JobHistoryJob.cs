using Noctis.Archive;
using Noctis.Archive.Jobs;
using Noctis.Portal.Components;

namespace Noctis.Portal.Jobs;

internal sealed class JobHistoryJob(JobHistory history, JobScheduler scheduler) : IScheduledJob
{
    public async Task<Result<string>> RunAsync(CancellationToken cancellationToken)
    {
        var interrupted = await history.InterruptRunsOfOthersAsync(await scheduler.LivingNodesAsync(cancellationToken), cancellationToken);
        var removed = await history.PruneAsync(cancellationToken);
        return (interrupted, removed) switch
        {
            (0, 0) => "",
            (0, _) => $"{SizeText.Count(removed, "run")} removed.",
            _ => $"{SizeText.Count(interrupted, "run")} of servers that are gone marked, {SizeText.Count(removed, "run")} removed.",
        };
    }
}
