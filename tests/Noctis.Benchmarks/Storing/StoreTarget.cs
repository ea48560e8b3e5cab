namespace Noctis.Benchmarks.Storing;

/// <summary>What objects are sent to. Not thread safe.</summary>
internal abstract class StoreTarget : IAsyncDisposable
{
    /// <summary>As it is called in tables and options.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the others are compared with it.</summary>
    public virtual bool IsOurs => false;

    /// <summary>Whether one of ours is compared with it.</summary>
    public virtual bool IsComparedWith(StoreTarget ours) => !IsOurs;

    /// <summary>Rounds before the first that counts, beside the one that every target has for every cell.</summary>
    public virtual int WarmUpRounds => 0;

    /// <summary>Whether it leaves senders with Nagle's algorithm waiting, so that a few files and one round show by how much.</summary>
    public virtual bool WaitsForNagle => true;

    /// <summary>Makes it ready for a round: running, and empty as far as the disk can tell.</summary>
    public abstract Task PrepareAsync();

    /// <summary>Has it store all files of a workload once, and returns how long that took.</summary>
    public abstract Task<TimeSpan> StoreAsync(Workload workload, int associations, bool nagle, CancellationToken cancellationToken);

    /// <summary>Seconds of processor time that it has taken so far, with all that works for it.</summary>
    public abstract double CpuSeconds();

    /// <summary>Throws when fewer files are there than were sent, or smaller ones.</summary>
    /// <param name="count">Objects that were sent.</param>
    /// <param name="bytes">The length of each.</param>
    public abstract Task CheckAsync(int count, long bytes);

    public abstract ValueTask DisposeAsync();

    /// <summary>Throws when fewer files that long are in a folder. Headers differ by a few hundred bytes, and Orthanc keeps a description beside each file.</summary>
    protected void CheckFiles(string folder, int count, long bytes)
    {
        var stored = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Count(file => file.Length > bytes - 1024);
        if (stored < count)
            throw new InvalidOperationException($"{Name} has stored {stored} of {count} objects.");
    }

    /// <summary>
    /// The files of the round before are only emptied, and deleted when nothing is measured any more: ext4 does not give the inode of a
    /// deleted file to another for minutes, and looks at each of them again for every file that is made in that part of the disk.
    /// </summary>
    protected static void Empty(string folder)
    {
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Length > 0))
        {
            using (File.OpenHandle(file.FullName, FileMode.Truncate, FileAccess.Write))
            {
            }
        }
    }
}
