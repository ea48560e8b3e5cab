using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Integrity;

/// <summary>Tells a file that is lost from a disk that is not mounted, so that the latter marks no million objects as missing.</summary>
internal sealed class StoragePresence(ObjectStore store, StoredFiles files, ICrossTenantDbContextFactory contexts)
{
    /// <summary>So many missing in a row, and no other found, are looked into before they are believed.</summary>
    private const int Suspicious = 20;

    /// <summary>Why the files that were not found or not readable are no proof of anything; null when they are.</summary>
    /// <param name="faulty">Those that were missing or could not be read.</param>
    /// <param name="looked">How many were looked at, those included.</param>
    /// <param name="ct">Cancels the look.</param>
    public async Task<StorageGoneError?> DoubtAsync(IReadOnlyCollection<StoredFile> faulty, int looked, CancellationToken ct)
    {
        foreach (Guid facilityId in faulty.Select(file => file.FacilityId).Distinct())
        {
            if (!IsReadable(facilityId)) return await GoneAsync(facilityId, ct);
        }

        if (faulty.Count < Suspicious || faulty.Count < looked) return null;
        // A disk that came off leaves an empty folder, in which new images make new folders: the old files tell.
        IReadOnlyList<StoredFile> newest = await files.NewestAsync(Suspicious, ct), oldest = (await files.NextInstancesAsync(0, Suspicious, ct)).Files;
        return newest.Concat(oldest).Any(Exists)
            ? null
            : new StorageGoneError(
                $"None of the {looked} files looked for is there, nor the oldest and the newest of the archive. Is the disk of Storage:Path mounted? Nothing was marked as missing.");
    }

    public bool Exists(StoredFile file) => store.Exists(file.FacilityId, file.StoragePath);

    public bool IsReadable(Guid facilityId)
    {
        try
        {
            using IEnumerator<string> entries = Directory.EnumerateFileSystemEntries(store.Paths.Facility(facilityId)).GetEnumerator();
            entries.MoveNext();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public async Task<StorageGoneError> GoneAsync(Guid facilityId, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateAcrossFacilities();
        string? name = await context.Facilities.Where(facility => facility.Id == facilityId).Select(facility => facility.Name).SingleOrDefaultAsync(ct);
        return new StorageGoneError(
            $"The image folder of {name ?? "a facility"} ({facilityId:N}) is not there or cannot be read. Is the disk of Storage:Path mounted, and may Noctis read it? Nothing was marked as missing.");
    }
}
