using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.Jobs;

/// <summary>
/// Which jobs a person has paused, so that they stay so when the scheduler, whose memory may end with the process, is made anew. Beside the
/// <see cref="JobCursor"/> rows, under keys of its own. Thread safe.
/// </summary>
public sealed class JobPauses(JobCursors cursors, ICrossTenantDbContextFactory databases)
{
    /// <summary>Before the job's name; no job has a name that begins so.</summary>
    private const string Prefix = "paused:";

    /// <summary>By the jobs' names: the schedule that was paused.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ListAsync(CancellationToken ct)
    {
        await using NoctisDbContext context = databases.CreateAcrossFacilities();
        List<JobCursor> rows = await context.Set<JobCursor>().AsNoTracking().Where(cursor => cursor.Job.StartsWith(Prefix)).ToListAsync(ct);
        return rows.ToDictionary(row => row.Job[Prefix.Length..], row => row.Value, StringComparer.OrdinalIgnoreCase);
    }

    public Task PauseAsync(string job, string schedule, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(job);
        return cursors.SaveAsync(Prefix + job, schedule, ct);
    }

    /// <summary>Forgets that a job was paused; one that was not stays as it is.</summary>
    public async Task ForgetAsync(string job, CancellationToken ct)
    {
        await using NoctisDbContext context = databases.CreateAcrossFacilities();
        await context.Set<JobCursor>().Where(cursor => cursor.Job == Prefix + job).ExecuteDeleteAsync(ct);
    }
}
