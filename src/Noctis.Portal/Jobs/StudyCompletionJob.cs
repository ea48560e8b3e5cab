using Noctis.Archive;
using Noctis.Archive.Studies;
using Noctis.Portal.Components;

namespace Noctis.Portal.Jobs;

internal sealed class StudyCompletionJob(StudyCompletion completion) : IScheduledJob
{
    public async Task<Result<string>> RunAsync(CancellationToken cancellationToken)
    {
        var completed = await completion.RunAsync(cancellationToken);
        return completed == 0 ? "" : $"{SizeText.Count(completed, "study", "studies")} complete.";
    }
}
