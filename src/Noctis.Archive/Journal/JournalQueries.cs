using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.Journal;

/// <summary>What a facility's people read of its journal.</summary>
public sealed class JournalQueries(INoctisDbContextFactory databases)
{
    /// <summary>The newest refusals and failures: what needs somebody's attention.</summary>
    public async Task<IReadOnlyList<JournalEntry>> LatestRefusalsAsync(
        FacilityScope scope, int count, CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateFor(scope);
        // One list each, so that the index answers both without reading past the many rows of success.
        var refused = await OfOutcome(database, JournalOutcome.Refused).Take(count).ToListAsync(cancellationToken);
        var failed = await OfOutcome(database, JournalOutcome.Failed).Take(count).ToListAsync(cancellationToken);
        return [.. refused.Concat(failed).OrderByDescending(entry => entry.TimeUtc).ThenByDescending(entry => entry.Id).Take(count)];
    }

    /// <param name="scope">Whose refusals.</param>
    /// <param name="sinceUtc">Midnight in the viewer's zone, for "today".</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<int> CountRefusalsAsync(FacilityScope scope, DateTime sinceUtc, CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateFor(scope);
        return await database.Set<JournalEntry>()
            .CountAsync(entry => entry.Outcome == JournalOutcome.Refused && entry.TimeUtc >= sinceUtc, cancellationToken);
    }

    /// <summary>The newest rows of all kinds.</summary>
    public async Task<IReadOnlyList<JournalEntry>> LatestAsync(
        FacilityScope scope, int count, CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateFor(scope);
        return await database.Set<JournalEntry>().AsNoTracking()
            .OrderByDescending(entry => entry.Id)
            .Take(count)
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<JournalEntry> OfOutcome(NoctisDbContext database, JournalOutcome outcome) =>
        database.Set<JournalEntry>().AsNoTracking()
            .Where(entry => entry.Outcome == outcome)
            .OrderByDescending(entry => entry.TimeUtc).ThenByDescending(entry => entry.Id);
}
