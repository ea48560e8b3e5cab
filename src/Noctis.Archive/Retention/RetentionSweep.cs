using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Retention;

/// <summary>
/// Clean-up, for the facilities that have it on: moves studies to the trash that are past their days, or as many of them as the quota
/// and the disk ask for. Nothing pinned, nothing younger than the retention days and nothing that is still arriving ever goes. Each
/// step is a transaction of its own, so that it can be cut off anywhere.
/// </summary>
public sealed class RetentionSweep : IDisposable
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

    /// <summary>Senders of many facilities ask for room at once; the first makes it for all.</summary>
    private readonly SemaphoreSlim _floor = new(1, 1);

    internal RetentionSweep(
        INoctisDbContextFactory contexts, ICrossTenantDbContextFactory acrossFacilities, RetentionCandidates candidates, StudyDeletion deletion, DiskRoom disk) =>
        (_contexts, _acrossFacilities, _candidates, _deletion, _disk) = (contexts, acrossFacilities, candidates, deletion, disk);

    /// <summary>The job's work.</summary>
    /// <returns>What it did, in sentences; empty when there was nothing to do.</returns>
    public async Task<string> RunAsync(CancellationToken ct)
    {
        var outcome = new SweepOutcome();
        List<StorageSettings> cleaned = await ListCleanedAsync(ct);
        foreach (StorageSettings settings in cleaned) await KeepFacilityAsync(settings, StartPercent, 0, outcome, ct);
        await KeepFloorAsync(cleaned, outcome, ct);
        return outcome.ToString();
    }

    /// <summary>The same for one facility that has no room for an image of so many bytes, and for the disk if that is why.</summary>
    /// <returns>Whether so many fit now.</returns>
    internal async Task<bool> MakeRoomAsync(Guid facilityId, long bytes, CancellationToken ct)
    {
        var outcome = new SweepOutcome();
        List<StorageSettings> cleaned = await ListCleanedAsync(ct);
        if (cleaned.Find(settings => settings.FacilityId == facilityId) is not { } own) return false;
        await KeepFacilityAsync(own, StopPercent, bytes, outcome, ct);
        await KeepFloorAsync(cleaned, outcome, ct);
        return _disk.Missing(1) <= 0 && (own.QuotaBytes is not { } quota || await UsedAsync(facilityId, ct) <= quota - bytes);
    }

    public void Dispose() => _floor.Dispose();

    private Task KeepFacilityAsync(StorageSettings settings, int startPercent, long bytes, SweepOutcome outcome, CancellationToken ct) =>
        settings.CleanUp == CleanUp.Always ? TakeAllAsync(settings, outcome, ct) : KeepQuotaAsync(settings, startPercent, bytes, outcome, ct);

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
            if (oldest.Count == 0 || !await TakeAsync(settings, oldest, new TrashOrder(TrashCause.Retention, $"No new image for {days} days."), outcome, ct)) return;
        }
    }

    /// <param name="settings">The facility's.</param>
    /// <param name="startPercent">Of the quota: with less used nothing is done, if <paramref name="bytes"/> fit.</param>
    /// <param name="bytes">What has to fit afterwards, which may be more than the usual room.</param>
    /// <param name="outcome">Gets what was done.</param>
    /// <param name="ct">Ends it between two steps.</param>
    private async Task KeepQuotaAsync(StorageSettings settings, int startPercent, long bytes, SweepOutcome outcome, CancellationToken ct)
    {
        // What can never fit is not worth a study.
        if (settings.QuotaBytes is not { } quota || bytes > quota) return;
        long most = quota - bytes, stop = Math.Min(quota / 100 * StopPercent, most);
        var order = new TrashOrder(TrashCause.Quota, $"The quota of {ByteText.Of(quota)} was reached.") { DownToBytes = stop };
        for (long limit = Math.Min(quota / 100 * startPercent, most); await UsedAsync(settings.FacilityId, ct) is var used && used > limit; limit = stop)
        {
            List<RetentionCandidate> oldest = await _candidates.ListOldestAsync(ScopeOf(settings.FacilityId), settings.RetentionDays!.Value, PageSize, ct);
            List<RetentionCandidate> taken = RetentionCandidate.Enough(oldest, used - stop);
            if (taken.Count == 0 || !await TakeAsync(settings, taken, order, outcome, ct)) return;
        }
    }

    /// <summary>What lies in the trash goes before another study does. It stops when as much was removed as was missing, whatever the disk says: the next run looks again.</summary>
    private async Task KeepFloorAsync(List<StorageSettings> cleaned, SweepOutcome outcome, CancellationToken ct)
    {
        if (cleaned.Count == 0) return;
        await _floor.WaitAsync(ct);
        try
        {
            if (_disk.Missing(StartShare) > 0) await MakeDiskRoomAsync(cleaned, outcome, ct);
        }
        finally
        {
            _floor.Release();
        }
    }

    private async Task MakeDiskRoomAsync(List<StorageSettings> cleaned, SweepOutcome outcome, CancellationToken ct)
    {
        long wanted = _disk.Missing(StopShare), removed = 0;
        while (removed < wanted && _disk.Missing(StopShare) is > 0 and var missing)
        {
            (long emptied, bool isHeldUp) = await _disk.EmptyTrashAsync(Math.Min(missing, wanted - removed), outcome, ct);
            removed += emptied;
            // Where files cannot be removed, more studies in the trash would free nothing.
            if (isHeldUp || (emptied == 0 && !await TakeOldestAsync(cleaned, Math.Min(missing, wanted - removed), outcome, ct)))
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
        var order = new TrashOrder(TrashCause.FreeSpace, "The server's disk was nearly full.");
        bool any = false;
        // A page of all, since beyond a facility's own page others of its studies could be older than another facility's.
        foreach (var group in RetentionCandidate.Enough(oldest.OrderBy(study => study.LastReceivedUtc).Take(PageSize), bytes).GroupBy(study => study.FacilityId))
        {
            StorageSettings settings = cleaned.Find(one => one.FacilityId == group.Key)!;
            any |= await TakeAsync(settings, [.. group], order, outcome, ct);
        }

        return any;
    }

    /// <returns>Whether any went: those that got an image or a pin since they were listed stay.</returns>
    private async Task<bool> TakeAsync(StorageSettings settings, List<RetentionCandidate> studies, TrashOrder order, SweepOutcome outcome, CancellationToken ct)
    {
        DeletedStudies deleted = await _deletion.MoveAsync(
            ScopeOf(settings.FacilityId), [.. studies.Select(study => study.StudyId)], order with { Only = _candidates.Rule(settings.RetentionDays!.Value) }, ct);
        outcome.Trashed(settings.FacilityId, deleted);
        return deleted.Studies > 0;
    }

    private async Task<long> UsedAsync(Guid facilityId, CancellationToken ct)
    {
        await using NoctisDbContext context = _contexts.CreateFor(ScopeOf(facilityId));
        return await QuotaUse.ReadAsync(context, ct);
    }

    private static FacilityScope ScopeOf(Guid facilityId) => FacilityScope.ForJob(facilityId, Job);
}
