using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Noctis.Archive.Database;
using Noctis.Archive.Settings;

namespace Noctis.Archive.Journal;

/// <summary>
/// Removes what is older than the journal goes back: of each facility by its own settings or else the server's, of the front door by the
/// server's. The audit is no journal and stays. In batches by key, with a pause after each, since a busy journal grows by millions of rows
/// and devices send meanwhile.
/// </summary>
public sealed class JournalPruning(ICrossTenantDbContextFactory databases, IOptions<JournalOptions> options, TimeProvider time)
{
    /// <summary>Fewer than the 5,000 locks at which SQL Server locks the whole table.</summary>
    internal const int BatchSize = 2000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <returns>How many rows were removed.</returns>
    public async Task<long> RunAsync(CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateAcrossFacilities();
        var own = await ReadOwnAsync(database, cancellationToken);
        long removed = 0;
        foreach (var facilityId in await database.Facilities.Select(facility => facility.Id).ToListAsync(cancellationToken))
        {
            // Ids grow with time: what is old lies at the beginning of the facility's index.
            var kept = FirstKept(own.GetValueOrDefault(facilityId));
            removed += await RemoveAsync(
                database.Set<JournalEntry>().Where(entry => entry.FacilityId == facilityId && entry.Id < kept).OrderBy(entry => entry.Id), cancellationToken);
        }

        var strays = FirstKept(null);
        // What was dealt with long ago, and never came again.
        await database.Set<FrontDoorDismissal>().Where(dismissal => dismissal.ThroughId < strays).ExecuteDeleteAsync(cancellationToken);
        return removed + await RemoveAsync(database.Set<FrontDoorEntry>().Where(entry => entry.Id < strays).OrderBy(entry => entry.Id), cancellationToken);
    }

    private long FirstKept(int? days) => IdGenerator.FirstAt(time.GetUtcNow().UtcDateTime.AddDays(-(days ?? options.Value.KeepDays)));

    /// <summary>The days of facilities that have set their own.</summary>
    private static async Task<IReadOnlyDictionary<Guid, int?>> ReadOwnAsync(NoctisDbContext database, CancellationToken cancellationToken)
    {
        var own = new Dictionary<Guid, int?>();
        await foreach (var row in database.Set<FacilitySettingsRow>().AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            try
            {
                own[row.FacilityId] = SettingsDocument.Read(row.Document).Logging.KeepDays;
            }
            catch (JsonException)
            {
                // Written by a later version, perhaps, which may want them kept: as long as can be set.
                own[row.FacilityId] = SettingsCatalog.Find(nameof(FacilitySettings.Logging), nameof(LoggingSettings.KeepDays)).Limits!.Value.Most;
            }
        }

        return own;
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
