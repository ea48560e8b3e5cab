using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Noctis.Archive.Storage;

/// <summary>
/// The way of small objects to the disk. Three flushes for a file of a few kilobytes cost more than all else that is done for it; so its
/// bytes go into the index with its row, under the flush of that commit, the file is written without one, and many files are flushed at
/// once later, after which the index lets go of them. For a database within this process alone: no other node reads what is held here.
/// Thread safe.
/// </summary>
/// <param name="files">The disk.</param>
/// <param name="limit">The longest file that is held, in bytes; 0 for none.</param>
internal sealed class HeldFiles(IFileSystem files, int limit)
{
    /// <summary>What the index may hold at a time: a disk that is slow to flush must not make it grow without end.</summary>
    private const long MostBytes = 64 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, HeldFile> _waiting = new();
    private readonly ConcurrentQueue<HeldFile> _written = new();
    private readonly ConcurrentQueue<HeldFile> _unflushed = new();
    private readonly ConcurrentQueue<HeldFile> _settled = new();
    private long _bytes;

    /// <summary>Whether any file is to be flushed, or written.</summary>
    public bool HasWork => !_written.IsEmpty || !_waiting.IsEmpty;

    /// <summary>Whether a file may be held.</summary>
    public bool Takes(long bytes) => bytes <= limit && Volatile.Read(ref _bytes) + bytes <= MostBytes;

    /// <summary>Takes in a file before its row is written. Whoever looks for it from then on finds it.</summary>
    public HeldFile Add(Guid facilityId, string relative, string path, byte[] content)
    {
        var held = new HeldFile(path, new HeldContent { FacilityId = facilityId, StoragePath = relative, Content = content }, content.Length);
        if (!_waiting.TryAdd(path, held)) throw new InvalidOperationException("Two objects share a file.");
        Interlocked.Add(ref _bytes, held.Bytes);
        return held;
    }

    /// <summary>Takes in a file again that the index still holds: nobody knows how much of it is on disk.</summary>
    public HeldFile AddAgain(string path, HeldContent row)
    {
        var again = new HeldFile(path, row, row.Content.Length) { IsThere = true };
        HeldFile held = _waiting.GetOrAdd(path, again);
        if (ReferenceEquals(held, again)) Interlocked.Add(ref _bytes, held.Bytes);
        return held;
    }

    /// <summary>Writes a file whose row is committed, unless it is written or gone. When that fails, it is still held.</summary>
    public void Write(HeldFile held)
    {
        lock (held.Gate)
        {
            if (!held.IsWaiting) return;
            try
            {
                if (held.IsThere) files.Delete(held.Path);
                WriteNew(held);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The beginning of a file must not stand in the way of the next attempt, or of a reader.
                (held.IsOverdue, held.IsThere) = (true, true);
                files.Delete(held.Path);
                throw;
            }

            held.IsWaiting = false;
            held.Row.Content = [];
            _waiting.TryRemove(held.Path, out _);
            _written.Enqueue(held);
        }
    }

    /// <summary>Writes the file of this path, if it is held and not written yet: for whoever is about to read it.</summary>
    public void WriteIfHeld(string path)
    {
        if (_waiting.TryGetValue(path, out HeldFile? held)) Write(held);
    }

    /// <summary>Whether a file is held and not written yet.</summary>
    public bool IsHeld(string path) => _waiting.ContainsKey(path);

    /// <summary>The file of this path is about to be removed, so it must not be written any more.</summary>
    public void Cancel(string path)
    {
        if (_waiting.TryGetValue(path, out HeldFile? held)) Cancel(held);
    }

    /// <summary>The object is not kept, or gone.</summary>
    public void Cancel(HeldFile held)
    {
        lock (held.Gate)
        {
            if (!held.IsWaiting) return;
            held.IsWaiting = false;
            _waiting.TryRemove(held.Path, out _);
            _settled.Enqueue(held);
        }
    }

    /// <summary>None of a folder is to be written any more.</summary>
    public void CancelBelow(string folder)
    {
        foreach (string path in _waiting.Keys.Where(path => path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))) Cancel(path);
    }

    /// <summary>Writes those that could not be written before.</summary>
    /// <returns>Why it still cannot be done; null when it is done.</returns>
    public Exception? WriteOverdue()
    {
        Exception? failure = null;
        foreach (HeldFile held in _waiting.Values.Where(held => held.IsOverdue))
        {
            try
            {
                Write(held);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                failure = e;
            }
        }

        return failure;
    }

    /// <summary>Flushes what is written, and has the index let go of it; what fails is left to <see cref="TakeUnflushed"/>. Blocks.</summary>
    /// <param name="root">The folder that all lies below.</param>
    public void Flush(string root)
    {
        var batch = new List<HeldFile>();
        while (_written.TryDequeue(out HeldFile? held)) batch.Add(held);
        if (batch.Count == 0) return;
        try
        {
            FlushAll(root, batch);
        }
        catch
        {
            batch.ForEach(_unflushed.Enqueue);
            throw;
        }

        batch.ForEach(_settled.Enqueue);
    }

    /// <summary>
    /// Those of a flush that failed, to be written anew from the index: a system forgets what it could not write, and says so once, so that
    /// the success of the next flush would mean nothing for them.
    /// </summary>
    public List<HeldFile> TakeUnflushed(int most)
    {
        var files = new List<HeldFile>();
        while (files.Count < most && _unflushed.TryDequeue(out HeldFile? held)) files.Add(held);
        return files;
    }

    public void GiveBackUnflushed(List<HeldFile> files) => files.ForEach(_unflushed.Enqueue);

    /// <summary>Those that the index need not hold any longer, to be deleted there; given back when that fails.</summary>
    public bool TryTakeSettled([NotNullWhen(true)] out HeldFile? held) => _settled.TryDequeue(out held);

    public void GiveBack(IEnumerable<HeldFile> settled)
    {
        foreach (HeldFile held in settled) _settled.Enqueue(held);
    }

    /// <summary>The index has let go of them.</summary>
    public void Forget(IEnumerable<HeldFile> settled) => Interlocked.Add(ref _bytes, -settled.Sum(held => (long)held.Bytes));

    private void FlushAll(string root, List<HeldFile> batch)
    {
        if (TryFlushFileSystems(root, batch)) return;
        var folders = new HashSet<string>();
        foreach (HeldFile held in batch)
        {
            try
            {
                files.FlushFile(held.Path);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                // Removed meanwhile, with its row.
                continue;
            }

            for (string folder = Path.GetDirectoryName(held.Path)!; folder.Length >= root.Length; folder = Path.GetDirectoryName(folder)!) folders.Add(folder);
        }

        foreach (string folder in folders) files.FlushDirectory(folder);
    }

    /// <summary>Flushes the file system of the root, and those that a disk of its own or a link brought in below it.</summary>
    private bool TryFlushFileSystems(string root, List<HeldFile> batch)
    {
        var systems = new Dictionary<ulong, string>();
        foreach (string folder in batch.Select(held => Path.GetDirectoryName(held.Path)!).Distinct().Prepend(root))
        {
            try
            {
                if (files.FileSystemOf(folder) is not { } system) return false;
                systems.TryAdd(system, folder);
            }
            catch (FileNotFoundException)
            {
                // Removed meanwhile, with its files.
            }
        }

        // Twice: a file system without a journal writes names last, behind its flush of the device, and the second one flushes those.
        return systems.Values.All(folder => files.TryFlushFileSystem(folder) && files.TryFlushFileSystem(folder));
    }

    private void WriteNew(HeldFile held)
    {
        try
        {
            CreateAndWrite(held);
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            files.CreateDirectory(Path.GetDirectoryName(held.Path)!);
            CreateAndWrite(held);
        }
    }

    private void CreateAndWrite(HeldFile held)
    {
        using var file = files.CreateFile(held.Path);
        files.Write(file, held.Row.Content, 0);
    }
}
