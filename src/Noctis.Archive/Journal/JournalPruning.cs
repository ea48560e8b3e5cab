using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Noctis.Archive.Database;

namespace Noctis.Archive.Journal;

/// <summary>
/// Removes what is older than the journal goes back, of facilities and of the front door alike. The audit is no journal and stays.
/// In batches by key, with a pause after each, since a busy journal grows by millions of rows and devices send meanwhile.
/// </summary>
public sealed class JournalPruning(ICrossTenantDbContextFactory databases, IOptions<JournalOptions> options, TimeProvider time)
{
    /// <summary>Fewer than the 5,000 locks at which SQL Server locks the whole table.</summary>
    internal const int BatchSize = 2000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <returns>How many rows were removed.</returns>
    public async Task<long> RunAsync(CancellationToken cancellationToken = default)
    {
        // Ids grow with time: what is old lies at the beginning of the table.
        var kept = IdGenerator.FirstAt(time.GetUtcNow().UtcDateTime.AddDays(-options.Value.KeepDays));
        await using var database = databases.CreateAcrossFacilities();
        return await RemoveAsync(database.Set<JournalEntry>().Where(entry => entry.Id < kept).OrderBy(entry => entry.Id), cancellationToken)
            + await RemoveAsync(database.Set<FrontDoorEntry>().Where(entry => entry.Id < kept).OrderBy(entry => entry.Id), cancellationToken);
    }

    private async Task<long> RemoveAsync<T>(IQueryable<T> oldestFirst, CancellationToken cancellationToken)
    {
        long removed = 0;
        while (true)
        {
            var batch = await oldestFirst.Take(BatchSize).ExecuteDeleteAsync(cancellationToken);
            removed += batch;
            if (batch < BatchSize)
                return removed;
            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}
