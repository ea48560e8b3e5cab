using Microsoft.Extensions.Options;
using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Jobs;

namespace Noctis.Portal.Jobs;

/// <summary>Reads what the pages of jobs show: the list, the settings, the history and the scheduler's word, put together.</summary>
public sealed class JobQueries(JobList jobs, IOptions<JobsOptions> options, JobRunQueries runs, JobControl control, IOptions<DatabaseOptions> database)
{
    /// <summary>Other nodes may run jobs too, of which this process is not told.</summary>
    public bool AreShared => database.Value.Kind != DatabaseProviderKind.Sqlite;

    public async Task<IReadOnlyList<JobRow>> ListAsync(AdministratorScope scope, CancellationToken cancellationToken = default)
    {
        var last = await runs.LastAsync(scope, cancellationToken);
        var states = await control.ReadAsync(scope, cancellationToken);
        return [.. jobs.All.Select(job => new JobRow(job, options.Value.Of(job), last.GetValueOrDefault(job.Name), states.GetValueOrDefault(job.Name)))];
    }

    /// <summary>Those whose last run failed, the newest first.</summary>
    public async Task<IReadOnlyList<JobRow>> ListFailedAsync(AdministratorScope scope, CancellationToken cancellationToken = default) =>
        [.. (await ListAsync(scope, cancellationToken)).Where(row => row.Last?.Outcome == JobOutcome.Failed).OrderByDescending(row => row.Last!.Id)];

    public async Task<Result<JobRow>> GetAsync(AdministratorScope scope, string? name, CancellationToken cancellationToken = default) =>
        (await ListAsync(scope, cancellationToken)).FirstOrDefault(row => row.Job == jobs.Find(name)) is { } row
            ? row
            : new NotFoundError("There is no such job. Look at the list of jobs.");

    /// <summary>The runs of a job, newest first: those of one page, and one more if there are more.</summary>
    public Task<IReadOnlyList<JobRun>> ListRunsAsync(AdministratorScope scope, JobDefinition job, long? before, int pageSize, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        return runs.ListAsync(scope, job.Name, before, pageSize + 1, cancellationToken);
    }
}
