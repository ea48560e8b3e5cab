using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.Journal;

/// <summary>What went wrong at all facilities, grouped by cause in the database: two statements, however many facilities and rows there are. Thread safe.</summary>
public sealed class TroubleQueries(ICrossTenantDbContextFactory databases)
{
    /// <summary>One group a facility, caller, kind and cause; the newest first.</summary>
    /// <param name="scope">Everybody's.</param>
    /// <param name="outcome">Refused, or failed on our side.</param>
    /// <param name="sinceUtc">Older rows are history.</param>
    /// <param name="most">How many groups at most.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<IReadOnlyList<TroubleGroup>> ListAsync(
        AdministratorScope scope, JournalOutcome outcome, DateTime sinceUtc, int most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = databases.CreateAcrossFacilities();
        var groups = await database.Set<JournalEntry>().Of(outcome).Since(sinceUtc)
            .GroupBy(entry => new { entry.FacilityId, entry.CallingAETitle, entry.Kind, entry.Code })
            .Select(group => new { Count = group.Count(), LastId = group.Max(entry => entry.Id) })
            .OrderByDescending(group => group.LastId)
            .Take(most)
            .ToListAsync(cancellationToken);
        if (groups.Count == 0)
            return [];
        var ids = groups.Select(group => group.LastId).ToList();
        var last = await database.Set<JournalEntry>().AsNoTracking().Where(entry => ids.Contains(entry.Id)).ToDictionaryAsync(entry => entry.Id, cancellationToken);
        // One may have been pruned in between.
        return [.. groups.Where(group => last.ContainsKey(group.LastId)).Select(group => new TroubleGroup(group.Count, last[group.LastId]))];
    }
}
