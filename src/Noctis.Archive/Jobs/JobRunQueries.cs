using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.Jobs;

/// <summary>Reads the runs of scheduled jobs, for administrators.</summary>
public sealed class JobRunQueries(ICrossTenantDbContextFactory databases)
{
    private const int MostRuns = 200;

    /// <summary>The newest run of each job; jobs that never ran are not in it.</summary>
    public async Task<IReadOnlyDictionary<string, JobRun>> LastAsync(AdministratorScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = databases.CreateAcrossFacilities();
        var newest = database.Set<JobRun>().GroupBy(run => run.Job).Select(runs => runs.Max(run => run.Id));
        return await database.Set<JobRun>().AsNoTracking().Where(run => newest.Contains(run.Id)).ToDictionaryAsync(run => run.Job, cancellationToken);
    }

    /// <summary>The runs of one job, newest first.</summary>
    /// <param name="scope">An administrator.</param>
    /// <param name="job">Its name.</param>
    /// <param name="before">The last run of the page before; null for the newest.</param>
    /// <param name="take">How many.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<IReadOnlyList<JobRun>> ListAsync(
        AdministratorScope scope, string job, long? before = null, int take = 50, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = databases.CreateAcrossFacilities();
        var runs = database.Set<JobRun>().AsNoTracking().Where(run => run.Job == job);
        if (before is { } id)
            runs = runs.Where(run => run.Id < id);
        return await runs.OrderByDescending(run => run.Id).Take(Math.Clamp(take, 1, MostRuns)).ToListAsync(cancellationToken);
    }
}
