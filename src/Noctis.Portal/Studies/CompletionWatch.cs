using Microsoft.Extensions.Options;
using Noctis.Archive.Studies;

namespace Noctis.Portal.Studies;

/// <summary>
/// A study is marked as complete by whichever node's job does it, and that node tells its own pages alone. Pages of the others look
/// once more for themselves, a little after the mark is due.
/// </summary>
public sealed class CompletionWatch(IOptions<StudiesOptions> options, TimeProvider time)
{
    /// <summary>The job runs every 15 seconds; what is told arrives well before this.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(20);

    /// <summary>How long until it is worth looking; null when the study is complete, or the time has passed without the job having run.</summary>
    public TimeSpan? LookIn(DateTime? completedUtc, DateTime lastReceivedUtc)
    {
        var due = lastReceivedUtc + options.Value.CompleteAfter + Slack - time.GetUtcNow().UtcDateTime;
        return completedUtc is null && due > TimeSpan.Zero ? due : null;
    }

    /// <summary>Whether one that looks at this pace should look now.</summary>
    public bool IsDue(DateTime? completedUtc, DateTime lastReceivedUtc, TimeSpan pace) => LookIn(completedUtc, lastReceivedUtc) < pace;
}
