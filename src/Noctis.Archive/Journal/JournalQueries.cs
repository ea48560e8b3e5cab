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
        var refused = await NewestOf(database, JournalOutcome.Refused, count).ToListAsync(cancellationToken);
        var failed = await NewestOf(database, JournalOutcome.Failed, count).ToListAsync(cancellationToken);
        return [.. refused.Concat(failed).OrderByDescending(entry => entry.Id).Take(count)];
    }

    /// <param name="scope">Whose refusals.</param>
    /// <param name="sinceUtc">Midnight in the viewer's zone, for "today".</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<int> CountRefusalsAsync(FacilityScope scope, DateTime sinceUtc, CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateFor(scope);
        return await database.Set<JournalEntry>().Of(JournalOutcome.Refused).Since(sinceUtc).CountAsync(cancellationToken);
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

    /// <summary>The newest rows of one kind.</summary>
    public async Task<IReadOnlyList<JournalEntry>> LatestAsync(
        FacilityScope scope, JournalKind kind, int count, CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateFor(scope);
        return await database.Set<JournalEntry>().AsNoTracking().Of(kind)
            .OrderByDescending(entry => entry.Id)
            .Take(count)
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<JournalEntry> NewestOf(NoctisDbContext database, JournalOutcome outcome, int count) =>
        database.Set<JournalEntry>().AsNoTracking().Of(outcome).OrderByDescending(entry => entry.Id).Take(count);
}
