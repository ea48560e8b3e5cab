using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.Jobs;

/// <summary>Keeps how far a job has come, see <see cref="JobCursor"/>. Thread safe; of one job, one node at a time writes.</summary>
public sealed class JobCursors(ICrossTenantDbContextFactory databases, TimeProvider time)
{
    /// <summary>What was saved last; null when nothing was.</summary>
    public async Task<string?> ReadAsync(string job, CancellationToken ct)
    {
        await using NoctisDbContext context = databases.CreateAcrossFacilities();
        return await context.Set<JobCursor>().Where(cursor => cursor.Job == job).Select(cursor => cursor.Value).SingleOrDefaultAsync(ct);
    }

    public async Task SaveAsync(string job, string value, CancellationToken ct)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        await using NoctisDbContext context = databases.CreateAcrossFacilities();
        if (await UpdateAsync() > 0) return;
        context.Add(new JobCursor { Job = job, Value = value, UpdatedUtc = now });
        try
        {
            await context.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (context.IsUniqueViolation(e))
        {
            // Another node began it at the same moment.
            await UpdateAsync();
        }

        Task<int> UpdateAsync() => context.Set<JobCursor>().Where(cursor => cursor.Job == job).ExecuteUpdateAsync(
            set => set.SetProperty(cursor => cursor.Value, value).SetProperty(cursor => cursor.UpdatedUtc, now), ct);
    }
}
