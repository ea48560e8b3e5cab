using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Retention;

/// <summary>
/// Takes the files and rows of a study that is marked as Emptying, batch by batch: of each batch the files first, then the rows, so
/// that a row is there as long as its file may be. It can be cut off anywhere and run again, also on two nodes at once: files and
/// rows that are gone are no error. Only the last step takes the facility's lock, so that senders hardly notice.
/// </summary>
internal sealed class TrashedStudyRemoval(INoctisDbContextFactory contexts, FacilityTransactions transactions, ObjectStore store, DiskThreads disk)
{
    private const int BatchSize = 500;

    public async Task RemoveAsync(TrashedStudy trashed, CancellationToken ct)
    {
        var scope = FacilityScope.ForJob(trashed.FacilityId, TrashEmptying.Job);
        await using NoctisDbContext context = contexts.CreateFor(scope);
        await RemoveVersionsAsync(context, trashed, ct);
        foreach (long seriesId in await context.Set<Series>().Where(series => series.StudyId == trashed.StudyId).Select(series => series.Id).ToListAsync(ct))
        {
            await RemoveInstancesAsync(context, trashed.FacilityId, seriesId, ct);
            await context.Set<Series>().Where(series => series.Id == seriesId).ExecuteDeleteAsync(ct);
        }

        await context.Set<InstanceFault>().Where(fault => fault.StudyId == trashed.StudyId).ExecuteDeleteAsync(ct);
        await transactions.RunAsync(scope, locked => RemoveStudyAsync(locked, trashed, ct), ct);
    }

    private async Task RemoveVersionsAsync(NoctisDbContext context, TrashedStudy trashed, CancellationToken ct)
    {
        while (true)
        {
            var batch = await context.Set<InstanceVersion>().Where(version => version.StudyId == trashed.StudyId)
                .OrderBy(version => version.Id).Select(version => new { version.Id, version.StoragePath }).Take(BatchSize).ToListAsync(ct);
            if (batch.Count == 0) return;
            await RemoveFilesAsync(trashed.FacilityId, [.. batch.Select(version => version.StoragePath).OfType<string>()]);
            long last = batch[^1].Id;
            await context.Set<InstanceVersion>().Where(version => version.StudyId == trashed.StudyId && version.Id <= last).ExecuteDeleteAsync(ct);
        }
    }

    private async Task RemoveInstancesAsync(NoctisDbContext context, Guid facilityId, long seriesId, CancellationToken ct)
    {
        while (true)
        {
            var batch = await context.Set<Instance>().Where(instance => instance.SeriesId == seriesId)
                .OrderBy(instance => instance.Id).Select(instance => new { instance.Id, instance.StoragePath }).Take(BatchSize).ToListAsync(ct);
            if (batch.Count == 0) return;
            await RemoveFilesAsync(facilityId, [.. batch.Select(instance => instance.StoragePath)]);
            // Nothing is added to a study in the trash: up to the last one of the batch, these are the rows of the batch.
            long last = batch[^1].Id;
            await context.Set<Instance>().Where(instance => instance.SeriesId == seriesId && instance.Id <= last).ExecuteDeleteAsync(ct);
        }
    }

    private Task<bool> RemoveFilesAsync(Guid facilityId, string[] files) => disk.RunAsync(() =>
    {
        foreach (string file in files) store.Remove(facilityId, file);
        EmptyFolders.Remove(store.Paths, facilityId, files);
        return true;
    });

    private static async Task<bool> RemoveStudyAsync(NoctisDbContext context, TrashedStudy trashed, CancellationToken ct)
    {
        var study = await context.Set<Study>().IncludingTrash().Where(row => row.Id == trashed.StudyId && row.TrashId == trashed.Id)
            .Select(row => new { row.Id, row.PatientRecordId }).FirstOrDefaultAsync(ct);
        if (study is not null) await StudyMerge.RemoveStudyAsync(context, study.Id, study.PatientRecordId, ct);
        return await context.Set<TrashedStudy>().Where(row => row.Id == trashed.Id).ExecuteDeleteAsync(ct) > 0;
    }
}
