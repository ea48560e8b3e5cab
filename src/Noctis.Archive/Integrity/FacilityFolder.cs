using Noctis.Archive.Storage;

namespace Noctis.Archive.Integrity;

/// <summary>Walks a facility's folder, whatever its layout, or layouts: each object lies where the setting was when it came.</summary>
internal sealed class FacilityFolder(ObjectStore store, TimeProvider time)
{
    /// <summary>Where files go that are no DICOM, to be looked at by a person.</summary>
    public const string LostFolder = "lost";

    /// <summary>What is younger may be on its way: placed, and its row not committed yet.</summary>
    private static readonly TimeSpan Youth = TimeSpan.FromHours(1);

    private static readonly EnumerationOptions Entries = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    /// <summary>
    /// The objects' files that are not young, as they are come across: a million of them are held nowhere. Folders that are found
    /// empty are removed on the way; whoever is about to put a file into one makes it again.
    /// </summary>
    public IEnumerable<FoundFile> Walk(Guid facilityId)
    {
        DateTime before = time.GetUtcNow().UtcDateTime - Youth;
        foreach (FileSystemInfo entry in EntriesOf(store.Paths.Facility(facilityId)))
        {
            if (entry is not DirectoryInfo folder || folder.Name is StoragePaths.IncomingFolder or LostFolder) continue;
            foreach (FoundFile file in Walk(facilityId, folder, folder.Name, before)) yield return file;
        }
    }

    /// <summary>Whether a copy is still on its way in, or somebody is finding out whether its row was committed.</summary>
    public bool IsUnfinished(FoundFile file) => EntriesOf(store.Paths.Incoming(file.FacilityId), file.Version.ToString("N") + ".*").Any();

    public string PathOf(FoundFile file) => store.Paths.Resolve(file.FacilityId, file.StoragePath);

    public void Remove(FoundFile file) => store.Remove(file.FacilityId, file.StoragePath);

    /// <summary>Puts a file out of the way, and keeps it.</summary>
    public void MoveToLost(FoundFile file)
    {
        string from = PathOf(file);
        string folder = Path.Combine(store.Paths.Facility(file.FacilityId), LostFolder);
        Directory.CreateDirectory(folder);
        // Its name holds its version, so that no two meet.
        File.Move(from, Path.Combine(folder, Path.GetFileName(from)), overwrite: false);
    }

    /// <summary>Folders beside the facilities' own: of facilities that the database does not know, or put there by hand.</summary>
    public IReadOnlyList<string> Strangers(IReadOnlySet<Guid> facilityIds) => [.. EntriesOf(store.Paths.Facilities)
        .Where(entry => !Guid.TryParseExact(entry.Name, "N", out Guid id) || !facilityIds.Contains(id)).Select(entry => entry.Name).Order()];

    private static IEnumerable<FoundFile> Walk(Guid facilityId, DirectoryInfo folder, string relative, DateTime before)
    {
        foreach (FileSystemInfo entry in EntriesOf(folder.FullName))
        {
            string path = relative + '/' + entry.Name;
            if (entry is DirectoryInfo inner)
            {
                foreach (FoundFile file in Walk(facilityId, inner, path, before)) yield return file;
                RemoveIfEmpty(inner, before);
            }
            else if (entry.LastWriteTimeUtc < before && FoundFile.TryParse(facilityId, path) is { } file)
            {
                yield return file;
            }
        }
    }

    private static void RemoveIfEmpty(DirectoryInfo folder, DateTime before)
    {
        try
        {
            folder.Refresh();
            if (folder.LastWriteTimeUtc < before && !EntriesOf(folder.FullName).Any()) Directory.Delete(folder.FullName, recursive: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is not empty any more, or gone. Either way it is no trouble to anybody.
        }
    }

    private static IEnumerable<FileSystemInfo> EntriesOf(string folder, string pattern = "*")
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFileSystemInfos(pattern, Entries);
        }
        catch (DirectoryNotFoundException)
        {
            // Removed since its name was read.
            return [];
        }
    }
}
