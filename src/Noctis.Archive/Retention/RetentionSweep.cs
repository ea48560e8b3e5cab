using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Retention;

/// <summary>
/// Clean-up, for the facilities that have it on: moves studies to the trash that are past their days, or as many of them as the quota
/// and the disk ask for. Nothing pinned, nothing younger than the retention days and nothing that is still arriving ever goes. Each
/// step is a transaction of its own, so that it can be cut off anywhere.
/// </summary>
public sealed class RetentionSweep
{
    internal const string Job = "clean-up";

    /// <summary>Studies at a time.</summary>
    private const int PageSize = 50;

    /// <summary>Of the quota: a little before it is reached, so that senders are not refused until the next run.</summary>
    private const int StartPercent = 98;

    /// <summary>Of the quota: enough room that clean-up does not take study by study from then on.</summary>
    private const int StopPercent = 95;

    /// <summary>The same for the floor of free space.</summary>
    private const double StartShare = 1.1, StopShare = 1.25;

    private readonly INoctisDbContextFactory _contexts;
    private readonly ICrossTenantDbContextFactory _acrossFacilities;
    private readonly RetentionCandidates _candidates;
    private readonly StudyDeletion _deletion;
    private readonly DiskRoom _disk;

    internal RetentionSweep(
        INoctisDbContextFactory contexts, ICrossTenantDbContextFactory acrossFacilities, RetentionCandidates candidates, StudyDeletion deletion, DiskRoom disk) =>
        (_contexts, _acrossFacilities, _candidates, _deletion, _disk) = (contexts, acrossFacilities, candidates, deletion, disk);

    /// <summary>The job's work.</summary>
    /// <returns>What it did, in sentences; empty when there was nothing to do.</returns>
    public async Task<string> RunAsync(CancellationToken ct)
    {
        var outcome = new SweepOutcome();
        List<StorageSettings> cleaned = await ListCleanedAsync(ct);
        foreach (StorageSettings settings in cleaned)
        {
            if (settings.CleanUp == CleanUp.Always) await TakeAllAsync(settings, outcome, ct);
            else await KeepQuotaAsync(settings, outcome, ct);
        }

        await KeepFloorAsync(cleaned, outcome, ct);
        return outcome.ToString();
    }

    private async Task<List<StorageSettings>> ListCleanedAsync(CancellationToken ct)
    {
        await using NoctisDbContext context = _acrossFacilities.CreateAcrossFacilities();
        return await context.Set<StorageSettings>().AsNoTracking()
            .Where(settings => settings.CleanUp != CleanUp.Off && settings.RetentionDays != null
                && context.Facilities.Any(facility => facility.Id == settings.FacilityId && facility.State != FacilityState.Deleting))
            .OrderBy(settings => settings.FacilityId).ToListAsync(ct);
    }

    private async Task TakeAllAsync(StorageSettings settings, SweepOutcome outcome, CancellationToken ct)
    {
        int days = settings.RetentionDays!.Value;
        while (true)
        {
            List<RetentionCandidate> oldest = await _candidates.ListOldestAsync(ScopeOf(settings.FacilityId), days, PageSize, ct);
            if (oldest.Count == 0 || !await TakeAsync(settings, oldest, TrashCause.Retention, $"No new image for {days} days.", outcome, ct)) return;
        }
    }

    private async Task KeepQuotaAsync(StorageSettings settings, SweepOutcome outcome, CancellationToken ct)
    {
        if (settings.QuotaBytes is not { } quota) return;
        for (long limit = quota / 100 * StartPercent; ; limit = quota / 100 * StopPercent)
        {
            long used = await UsedAsync(settings.FacilityId, ct);
            if (used <= limit) return;
            List<RetentionCandidate> oldest = await _candidates.ListOldestAsync(ScopeOf(settings.FacilityId), settings.RetentionDays!.Value, PageSize, ct);
            List<RetentionCandidate> taken = RetentionCandidate.Enough(oldest, used - (quota / 100 * StopPercent));
            if (taken.Count == 0 || !await TakeAsync(settings, taken, TrashCause.Quota, $"The quota of {ByteText.Of(quota)} was reached.", outcome, ct)) return;
        }
    }

    /// <summary>What lies in the trash goes before another study does. It stops when as much was removed as was missing, whatever the disk says: the next run looks again.</summary>
    private async Task KeepFloorAsync(List<StorageSettings> cleaned, SweepOutcome outcome, CancellationToken ct)
    {
        if (cleaned.Count == 0 || _disk.Missing(StartShare) <= 0) return;
        long wanted = _disk.Missing(StopShare), removed = 0;
        while (removed < wanted && _disk.Missing(StopShare) is > 0 and var missing)
        {
            long emptied = await _disk.EmptyTrashAsync(Math.Min(missing, wanted - removed), outcome, ct);
            removed += emptied;
            if (emptied == 0 && !await TakeOldestAsync(cleaned, Math.Min(missing, wanted - removed), outcome, ct))
            {
                outcome.IsStuck = true;
                return;
            }
        }
    }

    /// <summary>The oldest of all facilities together.</summary>
    private async Task<bool> TakeOldestAsync(List<StorageSettings> cleaned, long bytes, SweepOutcome outcome, CancellationToken ct)
    {
        var oldest = new List<RetentionCandidate>();
        foreach (StorageSettings settings in cleaned)
            oldest.AddRange(await _candidates.ListOldestAsync(ScopeOf(settings.FacilityId), settings.RetentionDays!.Value, PageSize, ct));
        bool any = false;
        // A page of all, since beyond a facility's own page others of its studies could be older than another facility's.
        foreach (var group in RetentionCandidate.Enough(oldest.OrderBy(study => study.LastReceivedUtc).Take(PageSize), bytes).GroupBy(study => study.FacilityId))
        {
            StorageSettings settings = cleaned.Find(one => one.FacilityId == group.Key)!;
            any |= await TakeAsync(settings, [.. group], TrashCause.FreeSpace, "The server's disk was nearly full.", outcome, ct);
        }

        return any;
    }

    /// <returns>Whether any went: those that got an image or a pin since they were listed stay.</returns>
    private async Task<bool> TakeAsync(
        StorageSettings settings, List<RetentionCandidate> studies, TrashCause cause, string reason, SweepOutcome outcome, CancellationToken ct)
    {
        DeletedStudies deleted = await _deletion.MoveAsync(
            ScopeOf(settings.FacilityId), [.. studies.Select(study => study.StudyId)], cause, reason, _candidates.Rule(settings.RetentionDays!.Value), ct);
        outcome.Trashed(settings.FacilityId, deleted);
        return deleted.Studies > 0;
    }

    private async Task<long> UsedAsync(Guid facilityId, CancellationToken ct)
    {
        await using NoctisDbContext context = _contexts.CreateFor(ScopeOf(facilityId));
        return await context.Set<FacilityUsage>().Select(usage => usage.Bytes + usage.VersionBytes).SingleOrDefaultAsync(ct);
    }

    private static FacilityScope ScopeOf(Guid facilityId) => FacilityScope.ForJob(facilityId, Job);
}
