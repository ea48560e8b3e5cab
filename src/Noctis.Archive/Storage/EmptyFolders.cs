namespace Noctis.Archive.Storage;

/// <summary>
/// Removes folders that their last object has left. A folder that gets a new object at the same moment is not empty and stays;
/// whoever has just made one and finds it gone makes it again.
/// </summary>
internal static class EmptyFolders
{
    /// <param name="paths">Where things lie.</param>
    /// <param name="facilityId">Whose folder.</param>
    /// <param name="files">Objects that were removed, below the facility's folder.</param>
    public static void Remove(StoragePaths paths, Guid facilityId, IEnumerable<string> files)
    {
        foreach (string folder in files.Select(Above).Distinct())
        {
            // The first part of a path, such as studies, stays.
            string empty = folder;
            while (empty.Contains('/', StringComparison.Ordinal) && TryRemove(paths.Resolve(facilityId, empty))) empty = Above(empty);
        }
    }

    private static string Above(string path) => path.LastIndexOf('/') is > 0 and var at ? path[..at] : "";

    private static bool TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
