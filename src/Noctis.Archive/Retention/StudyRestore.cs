using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Retention;

/// <summary>
/// Brings studies back from the trash. Where a study was received anew meanwhile, that one stays: what only the trash has moves
/// over to it, and of what both have the live copy stays, being the newer one.
/// </summary>
public sealed class StudyRestore
{
    private readonly FacilityTransactions _transactions;
    private readonly IdGenerator _ids;
    private readonly AuditTrail _audit;
    private readonly StudyEvents _events;
    private readonly TimeProvider _time;

    internal StudyRestore(FacilityTransactions transactions, IdGenerator ids, AuditTrail audit, StudyEvents events, TimeProvider time) =>
        (_transactions, _ids, _audit, _events, _time) = (transactions, ids, audit, events, time);

    /// <summary>For managers and administrators.</summary>
    public async Task<Result<RestoredStudy>> RestoreAsync(FacilityScope scope, long trashId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!scope.MayManage) return new ForbiddenError("Studies are restored by the facility's managers. Ask one of them.");
        Result<RestoredStudy> restored = await _transactions.RunAsync(scope, context => RestoreAsync(context, scope, trashId, ct), ct);
        if (restored.TryGetValue(out RestoredStudy? study))
            _events.Publish(scope.FacilityId, added: study.IsMerged ? [] : [study.StudyId], changed: study.IsMerged ? [study.StudyId] : []);
        return restored;
    }

    private async Task<Result<RestoredStudy>> RestoreAsync(NoctisDbContext context, FacilityScope scope, long trashId, CancellationToken ct)
    {
        TrashedStudy? trashed = await context.Set<TrashedStudy>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == trashId, ct);
        // Emptying, on whatever node, marks its row under the same lock: one of the two finds it.
        int taken = await context.Set<TrashedStudy>().Where(row => row.Id == trashId && row.State == TrashState.Restorable).ExecuteDeleteAsync(ct);
        if (trashed is null || taken == 0)
            return new NotFoundError("This study is not in the trash any more. It was restored, or removed for good.");

        Study study = await context.Set<Study>().IncludingTrash().FirstAsync(row => row.Id == trashed.StudyId && row.TrashId == trashId, ct);
        long versionBytes = await StudyMerge.VersionBytesAsync(context, study.Id, ct);
        await context.Set<FacilityUsage>().ExecuteUpdateAsync(
            row => row.SetProperty(usage => usage.TrashStudies, usage => usage.TrashStudies - 1)
                .SetProperty(usage => usage.TrashBytes, usage => usage.TrashBytes - trashed.Bytes - versionBytes),
            ct);
        _audit.Add(context, AuditActor.Of(scope), AuditAction.StudyRestored, scope.FacilityId, study.Id.ToString(CultureInfo.InvariantCulture));

        Study? live = await context.Set<Study>().FirstOrDefaultAsync(row => row.StudyInstanceUID == study.StudyInstanceUID, ct);
        if (live is not null)
        {
            await new StudyMerge(context, _ids, _time.GetUtcNow().UtcDateTime).MergeAsync(study, live, ct);
            return new RestoredStudy(live.Id, IsMerged: true, IsPinnedNow: false);
        }

        study.TrashId = 0;
        bool pin = !study.IsPinned && await IsDueAsync(context, study, ct);
        study.IsPinned |= pin;
        await context.SaveChangesAsync(ct);
        await context.Set<FacilityUsage>().ExecuteUpdateAsync(
            row => row.SetProperty(usage => usage.Studies, usage => usage.Studies + 1)
                .SetProperty(usage => usage.Series, usage => usage.Series + study.NumberOfSeries)
                .SetProperty(usage => usage.Instances, usage => usage.Instances + study.NumberOfInstances)
                .SetProperty(usage => usage.Bytes, usage => usage.Bytes + study.Bytes)
                .SetProperty(usage => usage.VersionBytes, usage => usage.VersionBytes + versionBytes),
            ct);
        return new RestoredStudy(study.Id, IsMerged: false, IsPinnedNow: pin);
    }

    /// <summary>Whether clean-up may take the study: who restores it does not want that to happen five minutes later.</summary>
    private async Task<bool> IsDueAsync(NoctisDbContext context, Study study, CancellationToken ct) =>
        await context.Set<StorageSettings>().AsNoTracking().SingleOrDefaultAsync(ct) is { CleanUp: not CleanUp.Off, RetentionDays: { } days }
        && study.LastReceivedUtc < _time.GetUtcNow().UtcDateTime.AddDays(-days);
}
