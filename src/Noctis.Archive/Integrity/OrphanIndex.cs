using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Noctis.Archive.Database;
using Noctis.Archive.Retention;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Dicom.Data;

namespace Noctis.Archive.Integrity;

/// <summary>What the index has to say of an orphan, and the row that keeps one as a version.</summary>
internal sealed class OrphanIndex(ICrossTenantDbContextFactory contexts, IdGenerator ids, TimeProvider time)
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
    public async Task<bool> KeepAsync(OrphanFile orphan, OrphanTwin twin, CancellationToken ct)
    {
        (Guid facilityId, long instanceId, long studyId) = (orphan.FacilityId, twin.File.InstanceId, twin.File.StudyId);
        await using NoctisDbContext context = contexts.CreateAcrossFacilities();
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(ct);
        // The facility's lock, as ingest and the trash take it: whether the study is in the trash stays so until the commit.
        IQueryable<FacilityUsage> usage = context.Set<FacilityUsage>().Where(row => row.FacilityId == facilityId);
        await usage.ExecuteUpdateAsync(set => set.SetProperty(row => row.VersionBytes, row => row.VersionBytes + orphan.Bytes), ct);
        if (!await context.Set<Instance>().AnyAsync(row => row.FacilityId == facilityId && row.Id == instanceId, ct)) return false;
        if (await context.Set<Study>().IncludingTrash().AnyAsync(study => study.FacilityId == facilityId && study.Id == studyId && study.TrashId != 0, ct))
        {
            await usage.ExecuteUpdateAsync(set => set
                .SetProperty(row => row.VersionBytes, row => row.VersionBytes - orphan.Bytes)
                .SetProperty(row => row.TrashBytes, row => row.TrashBytes + orphan.Bytes), ct);
        }

        context.Add(new InstanceVersion
        {
            Id = ids.Next(),
            FacilityId = facilityId,
            StudyId = studyId,
            InstanceId = instanceId,
            ReceivedUtc = time.GetUtcNow().UtcDateTime,
            SourceAETitle = orphan.Origin.CallingAETitle,
            TransferSyntaxUID = orphan.Origin.TransferSyntaxUid,
            Bytes = orphan.Bytes,
            ContentHash = orphan.Hash,
            StoragePath = orphan.Found.StoragePath,
            Outcome = VersionOutcome.Kept,
        });
        await context.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
