using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.Journal;

/// <summary>What went wrong at all facilities, grouped by cause in the database: three statements, however many facilities and rows there are. Thread safe.</summary>
public sealed class TroubleQueries(ICrossTenantDbContextFactory databases)
{
    /// <summary>One group a facility, caller, kind and cause, and within operations a reason (see <see cref="TroubleReasons"/>); the newest first.</summary>
    /// <param name="scope">Everybody's.</param>
    /// <param name="outcome">Refused, or failed on our side.</param>
    /// <param name="sinceUtc">Older rows are history.</param>
    /// <param name="most">How many causes at most.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<IReadOnlyList<TroubleGroup>> ListAsync(
        AdministratorScope scope, JournalOutcome outcome, DateTime sinceUtc, int most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = databases.CreateAcrossFacilities();
        var causes = await database.Set<JournalEntry>().Of(outcome).Since(sinceUtc)
            .GroupBy(entry => new { entry.FacilityId, entry.CallingAETitle, entry.Kind, entry.Code })
            .Select(group => new { group.Key, Count = group.Count(), LastId = group.Max(entry => entry.Id), First = group.Min(entry => entry.Reason), Last = group.Max(entry => entry.Reason) })
            .OrderByDescending(group => group.LastId)
            .Take(most)
            .ToListAsync(cancellationToken);
        if (causes.Count == 0)
            return [];
        var reasons = causes.Exists(cause => cause.Count > 1 && TroubleReasons.Count(cause.Key.Kind))
            ? await ReadReasonsAsync(database, outcome, sinceUtc, most, cancellationToken)
            : Enumerable.Empty<Reason>().ToLookup(reason => reason.Cause);
        List<(int Count, long LastId, bool HasOthers)> groups = [.. causes
            .SelectMany(cause => Apart(cause.Count, cause.LastId, cause.First != cause.Last, [.. reasons[new Cause(cause.Key.FacilityId, cause.Key.CallingAETitle, cause.Key.Kind, cause.Key.Code)]]))
            .OrderByDescending(group => group.LastId)];
        var ids = groups.Select(group => group.LastId).ToList();
        var last = await database.Set<JournalEntry>().AsNoTracking().Where(entry => ids.Contains(entry.Id)).ToDictionaryAsync(entry => entry.Id, cancellationToken);
        // One may have been pruned in between.
        return [.. groups.Where(group => last.ContainsKey(group.LastId)).Select(group => new TroubleGroup(group.Count, last[group.LastId]) { HasOtherReasons = group.HasOthers })];
    }

    /// <summary>The reasons of operations, the newest first. Bounded apart from the causes, so that one device's noise hides no other's cause.</summary>
    private static async Task<ILookup<Cause, Reason>> ReadReasonsAsync(
        NoctisDbContext database, JournalOutcome outcome, DateTime sinceUtc, int most, CancellationToken cancellationToken)
    {
        var reasons = await database.Set<JournalEntry>().Of(outcome).Since(sinceUtc)
            .Where(entry => entry.Kind != JournalKind.Association)
            .GroupBy(entry => new { entry.FacilityId, entry.CallingAETitle, entry.Kind, entry.Code, entry.Reason })
            .Select(group => new { group.Key, Count = group.Count(), LastId = group.Max(entry => entry.Id) })
            .OrderByDescending(group => group.LastId)
            .Take(most)
            .ToListAsync(cancellationToken);
        return reasons
            .Select(reason => new Reason(new Cause(reason.Key.FacilityId, reason.Key.CallingAETitle, reason.Key.Kind, reason.Key.Code), reason.Count, reason.LastId))
            .ToLookup(reason => reason.Cause);
    }

    private static IEnumerable<(int Count, long LastId, bool HasOthers)> Apart(int count, long lastId, bool hasOthers, IReadOnlyList<Reason> reasons) =>
        // Fewer than there are: not all of its reasons were read.
        reasons.Count is 0 or > TroubleReasons.Most || reasons.Sum(reason => reason.Count) < count
            ? [(count, lastId, hasOthers)]
            : reasons.Select(reason => (reason.Count, reason.LastId, false));

    private readonly record struct Cause(Guid FacilityId, string CallingAETitle, JournalKind Kind, JournalCode Code);

    private sealed record Reason(Cause Cause, int Count, long LastId);
}
