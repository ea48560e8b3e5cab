using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Quarantine;
using Noctis.Archive.Retention;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Integrity;

/// <summary>
/// What the index says lies on disk, over all facilities, page by page. Studies in the trash are among it, since they can be
/// had back; those that the trash is being emptied of are not.
/// </summary>
internal sealed class StoredFiles(ICrossTenantDbContextFactory contexts)
{
    /// <summary>The objects' own files after a row, by id of the object.</summary>
    public async Task<StoredFilePage> NextInstancesAsync(long after, int count, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateAcrossFacilities();
        // The page is cut before the joins: so it costs the same on every database, wherever in a million rows it is.
        IQueryable<Instance> page = context.Set<Instance>().Where(instance => instance.Id > after).OrderBy(instance => instance.Id).Take(count);
        return ToPage(await Located(context, page).ToListAsync(ct));
    }

    /// <summary>The kept older versions after a row, by id of the version.</summary>
    public async Task<StoredFilePage> NextVersionsAsync(long after, int count, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateAcrossFacilities();
        IQueryable<InstanceVersion> page = context.Set<InstanceVersion>()
            .Where(version => version.Id > after && version.StoragePath != null).OrderBy(version => version.Id).Take(count);
        return ToPage(await Located(context, page).ToListAsync(ct));
    }

    /// <summary>The files in quarantine after a row, by id of the object.</summary>
    public async Task<StoredFilePage> NextInQuarantineAsync(long after, int count, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateAcrossFacilities();
        List<StoredFile> files = await InQuarantine(context.Set<QuarantinedInstance>().Where(row => row.Id > after).OrderBy(row => row.Id).Take(count)).ToListAsync(ct);
        return new StoredFilePage(files, files.Count == 0 ? null : files[^1].Position);
    }

    /// <summary>The newest objects' files.</summary>
    public async Task<IReadOnlyList<StoredFile>> NewestAsync(int count, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateAcrossFacilities();
        IQueryable<Instance> page = context.Set<Instance>().OrderByDescending(instance => instance.Id).Take(count);
        return ToPage(await Located(context, page).ToListAsync(ct)).Files;
    }

    /// <summary>What the index says of the file now; null when it names it no more, or is about to.</summary>
    public async Task<StoredFile?> LookAgainAsync(StoredFile file, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateAcrossFacilities();
        if (file.IsInQuarantine) return await InQuarantine(context.Set<QuarantinedInstance>().Where(row => row.Id == file.InstanceId)).SingleOrDefaultAsync(ct);
        IQueryable<Row> rows = file.VersionId is { } id
            ? Located(context, context.Set<InstanceVersion>().Where(version => version.Id == id && version.StoragePath != null))
            : Located(context, context.Set<Instance>().Where(instance => instance.Id == file.InstanceId));
        return await rows.SingleOrDefaultAsync(ct) is { IsEmptying: false } row ? row.File : null;
    }

    /// <summary>How many files there are, about: from counts that are kept, so that nobody counts a million rows.</summary>
    public async Task<long> CountAsync(CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateAcrossFacilities();
        return await context.Set<FacilityUsage>().SumAsync(usage => usage.Instances, ct)
            + await context.Set<TrashedStudy>().Where(trashed => trashed.State == TrashState.Restorable).SumAsync(trashed => (long)trashed.Instances, ct)
            + await context.Set<InstanceVersion>().LongCountAsync(version => version.StoragePath != null, ct)
            + await context.Set<QuarantineUsage>().SumAsync(usage => usage.Instances, ct);
    }

    /// <summary>Takes the hash of a file that has none, unless its row went on to another file meanwhile.</summary>
    public async Task AdoptHashAsync(StoredFile file, byte[] hash, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateAcrossFacilities();
        if (file.VersionId is { } id)
        {
            await context.Set<InstanceVersion>()
                .Where(version => version.FacilityId == file.FacilityId && version.Id == id && version.StoragePath == file.StoragePath && version.ContentHash == null)
                .ExecuteUpdateAsync(set => set.SetProperty(version => version.ContentHash, hash), ct);
        }
        else
        {
            await context.Set<Instance>()
                .Where(instance => instance.FacilityId == file.FacilityId && instance.Id == file.InstanceId && instance.StoragePath == file.StoragePath && instance.ContentHash == null)
                .ExecuteUpdateAsync(set => set.SetProperty(instance => instance.ContentHash, hash), ct);
        }
    }

    private static StoredFilePage ToPage(List<Row> rows) =>
        new([.. rows.Where(row => !row.IsEmptying).Select(row => row.File)], rows.Count == 0 ? null : rows[^1].File.Position);

    private static IQueryable<StoredFile> InQuarantine(IQueryable<QuarantinedInstance> page) => page.Select(row => new StoredFile(
        row.FacilityId, InstanceFault.NoStudy, row.Id, null, row.SOPInstanceUID, row.TransferSyntaxUID, row.Bytes, row.StoragePath, row.ContentHash));

    private static IQueryable<Row> Located(NoctisDbContext context, IQueryable<Instance> page) =>
        from instance in page
        join series in context.Set<Series>() on new { instance.FacilityId, Id = instance.SeriesId } equals new { series.FacilityId, series.Id }
        join study in context.Set<Study>().IncludingTrash() on new { series.FacilityId, Id = series.StudyId } equals new { study.FacilityId, study.Id }
        orderby instance.Id
        select new Row
        {
            File = new StoredFile(
                instance.FacilityId, study.Id, instance.Id, null, instance.SOPInstanceUID, instance.TransferSyntaxUID, instance.Bytes, instance.StoragePath, instance.ContentHash),
            IsEmptying = context.Set<TrashedStudy>().Any(trashed => trashed.Id == study.TrashId && trashed.State == TrashState.Emptying),
        };

    private static IQueryable<Row> Located(NoctisDbContext context, IQueryable<InstanceVersion> page) =>
        from version in page
        join instance in context.Set<Instance>() on new { version.FacilityId, Id = version.InstanceId } equals new { instance.FacilityId, instance.Id }
        join study in context.Set<Study>().IncludingTrash() on new { version.FacilityId, Id = version.StudyId } equals new { study.FacilityId, study.Id }
        orderby version.Id
        select new Row
        {
            File = new StoredFile(
                version.FacilityId, study.Id, instance.Id, version.Id, instance.SOPInstanceUID, version.TransferSyntaxUID, version.Bytes, version.StoragePath!, version.ContentHash),
            IsEmptying = context.Set<TrashedStudy>().Any(trashed => trashed.Id == study.TrashId && trashed.State == TrashState.Emptying),
        };

    private sealed class Row
    {
        public required StoredFile File { get; init; }

        public required bool IsEmptying { get; init; }
    }
}
