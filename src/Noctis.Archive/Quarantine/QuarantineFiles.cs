using Microsoft.Extensions.Logging;
using Noctis.Archive.Database;
using Noctis.Archive.Integrity;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Quarantine;

/// <summary>The files of quarantine, with their rows. Thread safe.</summary>
internal sealed class QuarantineFiles(QuarantineIndex index, FileVerifier verifier, FileRemovals removals, ObjectStore store, DiskThreads disk, ILogger<QuarantineFiles> logger)
{
    /// <summary>The rows of what one device has sent of one study.</summary>
    public static IQueryable<QuarantinedInstance> Of(NoctisDbContext context, QuarantineKey key)
    {
        (string title, string address, string study) = key;
        return context.Set<QuarantinedInstance>().Where(row => row.CallingAETitle == title && row.RemoteAddress == address && row.StudyInstanceUID == study);
    }

    /// <summary>Opens an object's data set, as it was received; null when the file has no meta group that could be passed over.</summary>
    /// <exception cref="IOException">It is gone, or cannot be read.</exception>
    public async Task<FileStream?> OpenContentAsync(QuarantinedInstance row, CancellationToken ct)
    {
        if (await verifier.FindContentAsync(row.FacilityId, row.StoragePath, ct) is not { } from) return null;
        FileStream file = store.Open(row.FacilityId, row.StoragePath);
        file.Position = from;
        return file;
    }

    /// <summary>Takes rows out, then their files; a file that cannot be removed now is removed later.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> RemoveAsync(FacilityScope scope, IReadOnlyList<long> rowIds, Action<NoctisDbContext>? also, CancellationToken ct)
    {
        IReadOnlyList<FileRemoval> gone = await index.RemoveAsync(scope, rowIds, also, ct);
        if (gone.Count == 0) return 0;
        await disk.RunAsync(() =>
        {
            foreach (FileRemoval removal in gone) TryRemove(removal);
            return true;
        });
        return gone.Count;
    }

    private void TryRemove(FileRemoval removal)
    {
        try
        {
            removals.Remove(removal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its note stays, and it is tried again every minute.
            Log.NotRemoved(logger, e, removal.FacilityId);
        }
    }
}
