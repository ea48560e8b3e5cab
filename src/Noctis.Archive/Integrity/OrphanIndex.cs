using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Retention;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Dicom.Data;

namespace Noctis.Archive.Integrity;

/// <summary>What the index has to say of an orphan, and the row that keeps one as a version.</summary>
internal sealed class OrphanIndex(ICrossTenantDbContextFactory contexts, FacilityTransactions transactions, IdGenerator ids, TimeProvider time)
{
    /// <summary>The object that the orphan is a copy of, the living before one in the trash; null when there is none.</summary>
    /// <param name="orphan">The orphan.</param>
    /// <param name="ct">Cancels the query.</param>
    /// <returns>Whether the trash is being emptied of it, and the object.</returns>
    public async Task<(bool IsGoing, OrphanTwin? Twin)> FindTwinAsync(OrphanFile orphan, CancellationToken ct)
    {
        (string uid, string? studyUid, string? seriesUid) =
            (orphan.Origin.SopInstanceUid, orphan.Header.GetString(DicomTag.StudyInstanceUID), orphan.Header.GetString(DicomTag.SeriesInstanceUID));
        await using NoctisDbContext context = contexts.CreateAcrossFacilities();
        var found = await (
            from instance in context.Set<Instance>()
            where instance.FacilityId == orphan.FacilityId && instance.SOPInstanceUID == uid
            join series in context.Set<Series>() on new { instance.FacilityId, Id = instance.SeriesId } equals new { series.FacilityId, series.Id }
            join study in context.Set<Study>().IncludingTrash() on new { series.FacilityId, Id = series.StudyId } equals new { study.FacilityId, study.Id }
            where series.SeriesInstanceUID == seriesUid && study.StudyInstanceUID == studyUid
            orderby study.TrashId == 0 ? 0 : 1, instance.Id descending
            select new
            {
                StudyId = study.Id,
                study.TrashId,
                Instance = instance,
                IsGoing = context.Set<TrashedStudy>().Any(trashed => trashed.Id == study.TrashId && trashed.State == TrashState.Emptying),
            }).FirstOrDefaultAsync(ct);
        if (found is null) return (false, null);
        Instance row = found.Instance;
        var file = new StoredFile(row.FacilityId, found.StudyId, row.Id, null, row.SOPInstanceUID, row.TransferSyntaxUID, row.Bytes, row.StoragePath, row.ContentHash);
        return (found.IsGoing, new OrphanTwin(file, found.TrashId != 0));
    }

    /// <summary>Whether this very content was judged before and not kept, by the facility's own policy.</summary>
    public async Task<bool> WasDroppedAsync(OrphanTwin twin, byte[] hash, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateAcrossFacilities();
        return await context.Set<InstanceVersion>().AnyAsync(
            version => version.FacilityId == twin.File.FacilityId && version.InstanceId == twin.File.InstanceId && version.StoragePath == null && version.ContentHash == hash, ct);
    }

    /// <summary>Keeps an orphan as a version of its object, and counts it.</summary>
    /// <returns>False when the object is gone.</returns>
    public Task<bool> KeepAsync(OrphanFile orphan, OrphanTwin twin, CancellationToken ct)
    {
        (long instanceId, long studyId) = (twin.File.InstanceId, twin.File.StudyId);
        return transactions.RunAsync(FacilityScope.ForJob(orphan.FacilityId, OrphanCheck.Job), async context =>
        {
            if (!await context.Set<Instance>().AnyAsync(row => row.Id == instanceId, ct)) return false;
            bool isTrashed = await context.Set<Study>().IncludingTrash().AnyAsync(study => study.Id == studyId && study.TrashId != 0, ct);
            (long kept, long trashed) = isTrashed ? (0L, orphan.Bytes) : (orphan.Bytes, 0L);
            await context.Set<FacilityUsage>().ExecuteUpdateAsync(set => set
                .SetProperty(row => row.VersionBytes, row => row.VersionBytes + kept)
                .SetProperty(row => row.TrashBytes, row => row.TrashBytes + trashed), ct);
            context.Add(ToVersion(orphan, studyId, instanceId));
            await context.SaveChangesAsync(ct);
            return true;
        }, ct);
    }

    private InstanceVersion ToVersion(OrphanFile orphan, long studyId, long instanceId) => new()
    {
        Id = ids.Next(),
        FacilityId = orphan.FacilityId,
        StudyId = studyId,
        InstanceId = instanceId,
        ReceivedUtc = time.GetUtcNow().UtcDateTime,
        SourceAETitle = orphan.Origin.CallingAETitle,
        TransferSyntaxUID = orphan.Origin.TransferSyntaxUid,
        Bytes = orphan.Bytes,
        ContentHash = orphan.Hash,
        StoragePath = orphan.Found.StoragePath,
        Outcome = VersionOutcome.Kept,
    };
}
