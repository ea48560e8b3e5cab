using Noctis.Archive;

namespace Noctis.Portal.Jobs;

/// <summary>
/// A job of <see cref="JobList"/>: calls the archive and says what came of it. Made anew for each run, in a scope of its own.
/// It never runs twice at a time in the whole installation. What it throws is logged, and the run counts as failed.
/// </summary>
public interface IScheduledJob
{
    /// <param name="cancellationToken">The server stops: end soon, the next run goes on.</param>
    /// <returns>A sentence on what was done, empty when there was nothing to do; or an error whose message says why it failed.</returns>
    Task<Result<string>> RunAsync(CancellationToken cancellationToken);
}
