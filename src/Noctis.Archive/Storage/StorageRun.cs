namespace Noctis.Archive.Storage;

/// <summary>
/// One life of one process over the storage folder. Names in <c>incoming/</c> carry the run they belong to, and the run holds
/// a lock on a file of its name until the process ends, however it ends: so a node that starts can tell the leftovers of the
/// dead from what another node is receiving at the moment.
/// </summary>
internal sealed class StorageRun : IDisposable
{
    private readonly FileStream _lock;

    private StorageRun(Guid id, FileStream heldLock)
    {
        Id = id;
        _lock = heldLock;
    }

    public Guid Id { get; }

    public static StorageRun Begin(StoragePaths paths)
    {
        Directory.CreateDirectory(paths.Runs);
        var id = Guid.CreateVersion7();
        return new StorageRun(id, new FileStream(LockPath(paths, id), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
    }

    /// <summary>Whether a run is over: nobody holds its lock. The file of a finished run is removed by <see cref="RemoveFinished"/>.</summary>
    public static bool IsOver(StoragePaths paths, Guid run)
    {
        try
        {
            using var probe = new FileStream(LockPath(paths, run), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Removes the lock files of runs that are over. Call after their leftovers are dealt with.</summary>
    public static void RemoveFinished(StoragePaths paths, IReadOnlySet<Guid> finished)
    {
        foreach (Guid run in finished) File.Delete(LockPath(paths, run));
    }

    public static IEnumerable<Guid> Known(StoragePaths paths)
    {
        if (!Directory.Exists(paths.Runs)) yield break;
        foreach (string file in Directory.EnumerateFiles(paths.Runs, "*.lock"))
        {
            if (Guid.TryParseExact(Path.GetFileNameWithoutExtension(file), "N", out Guid run)) yield return run;
        }
    }

    public void Dispose()
    {
        string name = _lock.Name;
        _lock.Dispose();
        // An orderly end leaves no lock file; one that is left is removed by the next start.
        File.Delete(name);
    }

    private static string LockPath(StoragePaths paths, Guid run) => Path.Combine(paths.Runs, run.ToString("N") + ".lock");
}
