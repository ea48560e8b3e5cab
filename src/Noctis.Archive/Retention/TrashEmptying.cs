using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Retention;

/// <summary>
/// Removes studies of the trash for good. A study is marked first, under the facility's lock, so that of this, a restore and another
/// node at the same moment one alone wins; from then on it counts no more. Then <see cref="TrashedStudyRemoval"/> takes its files and rows;
/// whatever cuts that off, the mark stays, and the next run goes on.
/// </summary>
public sealed class TrashEmptying
{
    internal const string Job = "trash";
    private const int PageSize = 100;

    private readonly INoctisDbContextFactory _contexts;
    private readonly ICrossTenantDbContextFactory _acrossFacilities;
    private readonly FacilityTransactions _transactions;
    private readonly TrashedStudyRemoval _removal;
    private readonly AuditTrail _audit;
    private readonly TimeProvider _time;
    private readonly ILogger<TrashEmptying> _logger;

    internal TrashEmptying(
        INoctisDbContextFactory contexts, ICrossTenantDbContextFactory acrossFacilities, TrashParts parts, TimeProvider time, ILogger<TrashEmptying> logger)
    {
        (_contexts, _acrossFacilities, _time, _logger) = (contexts, acrossFacilities, time, logger);
        (_transactions, _removal, _audit) = parts;
    }

    /// <summary>Marks one study to be removed for good; from then on it cannot be restored. For managers and administrators.</summary>
    public async Task<Result> MarkAsync(FacilityScope scope, long trashId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!scope.MayManage) return Forbidden();
        return await MarkAsync(scope, [trashId], null, ct) is [_]
            ? Result.Success
            : new NotFoundError("This study is not in the trash any more. It was restored, or is being removed already.");
    }

    /// <summary>Marks all that is in the facility's trash now. For managers and administrators.</summary>
    /// <returns>How many studies.</returns>
    public async Task<Result<int>> MarkAllAsync(FacilityScope scope, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!scope.MayManage) return Forbidden();
        int marked = 0;
        long last = 0;
        while (true)
        {
            await using NoctisDbContext context = _contexts.CreateFor(scope);
            long[] ids = await context.Set<TrashedStudy>().Where(row => row.Id > last && row.State == TrashState.Restorable)
                .OrderBy(row => row.Id).Select(row => row.Id).Take(PageSize).ToArrayAsync(ct);
            if (ids.Length == 0) return marked;
            marked += (await MarkAsync(scope, ids, null, ct)).Count;
            last = ids[^1];
        }
    }

    /// <summary>Removes what is marked in one facility, after <see cref="MarkAsync(FacilityScope, long, CancellationToken)"/>; what fails is left to the job.</summary>
    public async Task RemoveMarkedAsync(FacilityScope scope, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using NoctisDbContext context = _contexts.CreateFor(scope);
        List<TrashedStudy> marked = await context.Set<TrashedStudy>().AsNoTracking().Where(row => row.State == TrashState.Emptying).OrderBy(row => row.Id).ToListAsync(ct);
        foreach (TrashedStudy trashed in marked) await TryRemoveAsync(trashed, ct);
    }

    /// <summary>The job's work: removes what is past its days, in all facilities, and what was marked and is still there.</summary>
    /// <returns>What it did, in a sentence; empty when nothing was due.</returns>
    public async Task<string> RunAsync(CancellationToken ct)
    {
        DateTime now = _time.GetUtcNow().UtcDateTime;
        (int removed, int failed, long bytes, long last) = (0, 0, 0, 0);
        var facilities = new HashSet<Guid>();
        while (true)
        {
            List<TrashedStudy> due = await ListDueAsync(now, last, ct);
            if (due.Count == 0) break;
            foreach (TrashedStudy trashed in due)
            {
                last = trashed.Id;
                var scope = FacilityScope.ForJob(trashed.FacilityId, Job);
                if (trashed.State == TrashState.Restorable && await MarkAsync(scope, [trashed.Id], row => row.PurgeUtc <= now, ct) is []) continue;
                if (!await TryRemoveAsync(trashed, ct))
                {
                    failed++;
                    continue;
                }

                removed++;
                bytes += trashed.Bytes;
                facilities.Add(trashed.FacilityId);
            }
        }

        var said = new List<string>(2);
        if (removed > 0) said.Add($"{Counted.Studies(removed, facilities.Count)} removed for good, {ByteText.Of(bytes)}.");
        if (failed > 0) said.Add($"{Counted.Studies(failed)} could not be removed yet: the log says why, and the next run tries again.");
        return string.Join(' ', said);
    }

    /// <summary>Removes a study before its days are over, because the disk is full.</summary>
    /// <returns>Whether it is gone.</returns>
    internal async Task<bool> RemoveEarlyAsync(TrashedStudy trashed, CancellationToken ct)
    {
        if (trashed.State == TrashState.Restorable && await MarkAsync(FacilityScope.ForJob(trashed.FacilityId, Job), [trashed.Id], null, ct) is []) return false;
        return await TryRemoveAsync(trashed, ct);
    }

    private async Task<List<TrashedStudy>> ListDueAsync(DateTime now, long after, CancellationToken ct)
    {
        await using NoctisDbContext context = _acrossFacilities.CreateAcrossFacilities();
        return await context.Set<TrashedStudy>().AsNoTracking().Where(row => row.Id > after && (row.State == TrashState.Emptying || row.PurgeUtc <= now))
            .OrderBy(row => row.Id).Take(PageSize).ToListAsync(ct);
    }

    /// <returns>Those that were there to be marked.</returns>
    private Task<List<TrashedStudy>> MarkAsync(FacilityScope scope, IReadOnlyList<long> trashIds, Expression<Func<TrashedStudy, bool>>? only, CancellationToken ct) =>
        _transactions.RunAsync(
            scope,
            async context =>
            {
                IQueryable<TrashedStudy> wanted = context.Set<TrashedStudy>().Where(row => trashIds.Contains(row.Id) && row.State == TrashState.Restorable);
                List<TrashedStudy> found = await (only is null ? wanted : wanted.Where(only)).ToListAsync(ct);
                if (found.Count == 0) return found;
                foreach (TrashedStudy trashed in found)
                {
                    trashed.State = TrashState.Emptying;
                    _audit.Add(context, AuditActor.Of(scope), AuditAction.TrashEmptied, scope.FacilityId, trashed.StudyId.ToString(CultureInfo.InvariantCulture),
                        $"{trashed.Series} series, {trashed.Instances} images, {ByteText.Of(trashed.Bytes)}");
                }

                await context.SaveChangesAsync(ct);
                long[] studyIds = [.. found.Select(row => row.StudyId)];
                long bytes = found.Sum(row => row.Bytes) + await context.Set<InstanceVersion>()
                    .Where(version => studyIds.Contains(version.StudyId) && version.StoragePath != null).SumAsync(version => version.Bytes, ct);
                await context.Set<FacilityUsage>().ExecuteUpdateAsync(
                    row => row.SetProperty(usage => usage.TrashStudies, usage => usage.TrashStudies - found.Count)
                        .SetProperty(usage => usage.TrashBytes, usage => usage.TrashBytes - bytes),
                    ct);
                return found;
            },
            ct);

    private async Task<bool> TryRemoveAsync(TrashedStudy trashed, CancellationToken ct)
    {
        try
        {
            await _removal.RemoveAsync(trashed, ct);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file that cannot be removed holds up its own study alone.
            Log.TrashNotRemoved(_logger, e, trashed.FacilityId, trashed.StudyId);
            return false;
        }
    }

    private static ForbiddenError Forbidden() => new("The trash is emptied by the facility's managers. Ask one of them.");
}
