using System.Collections.Concurrent;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Noctis.Archive.Storage;

/// <summary>
/// The objects on disk: received into <c>incoming/</c>, placed among the studies, opened, removed. What a crash can leave
/// between the steps, and who cleans it up, is told in docs/ingest.md. Thread safe.
/// </summary>
internal sealed class ObjectStore : IDisposable
{
    private const int MostKnownDirectories = 20_000;

    private readonly IFileSystem _files;
    private readonly DirectoryFlusher _directories;
    private readonly Lazy<StorageRun> _run;

    /// <summary>Directories whose own names are known to be on disk, up to the root.</summary>
    private readonly ConcurrentDictionary<string, bool> _durable = new();

    public ObjectStore(StoragePaths paths, IFileSystem files, HeldFiles held)
    {
        Paths = paths;
        Held = held;
        _files = files;
        _directories = new DirectoryFlusher(files);
        _run = new Lazy<StorageRun>(() => StorageRun.Begin(paths));
    }

    public StoragePaths Paths { get; }

    /// <summary>Small objects whose files are not on disk yet.</summary>
    public HeldFiles Held { get; }

    public IncomingFile Create(Guid facilityId, Placement placement)
    {
        var version = Guid.CreateVersion7();
        string path = Path.Combine(Paths.Incoming(facilityId), $"{version:N}.{_run.Value.Id:N}.{placement.Code}{StoragePaths.PartExtension}");
        return new IncomingFile(_files, CreateIncoming, facilityId, version, placement, path);
    }

    /// <summary>Hands a small object over to the index, content and all, when it takes such: then it needs neither mark nor flush.</summary>
    /// <returns>Null when the object has to be placed.</returns>
    public PlacedObject? TryHold(IncomingFile file, ObjectIdentity identity)
    {
        if (file.IsCreated || !Held.Takes(file.Length)) return null;
        string relative = StoragePaths.Relative(file.Placement, identity, file.Version);
        HeldFile held = Held.Add(file.FacilityId, relative, Paths.Resolve(file.FacilityId, relative), file.ToArray());
        file.Dispose();
        return new PlacedObject(file.FacilityId, identity.SopInstanceUid, relative, "") { Held = held };
    }

    /// <summary>
    /// Gives a received object its final name; neither that nor its bytes are on disk before both are flushed. The name in
    /// <c>incoming/</c> stays as the mark that the index does not know it yet. Blocks.
    /// </summary>
    public PlacedObject Place(IncomingFile file, ObjectIdentity identity)
    {
        file.WriteRest();
        string relative = StoragePaths.Relative(file.Placement, identity, file.Version);
        string target = Paths.Resolve(file.FacilityId, relative);
        EnsureDurable(Path.GetDirectoryName(target)!);
        return new PlacedObject(file.FacilityId, identity.SopInstanceUid, relative, GiveName(file, target, identity.SopInstanceUid, relative));
    }

    /// <summary>Makes a placed object's final name durable. Blocks.</summary>
    public void FlushName(PlacedObject placed) => _directories.Flush(Path.GetDirectoryName(Paths.Resolve(placed.FacilityId, placed.RelativePath))!);

    /// <summary>
    /// Takes the mark off an object that the index knows, or writes its file if the index holds it. If the machine stops here, the next
    /// start does it again.
    /// </summary>
    public void Unmark(PlacedObject placed)
    {
        if (placed.Held is { } held) Held.Write(held);
        else _files.Delete(placed.MarkPath);
    }

    /// <summary>Removes an object that the index does not know, its final name first: while it exists the mark must too.</summary>
    public void Discard(PlacedObject placed)
    {
        Remove(placed.FacilityId, placed.RelativePath);
        if (placed.Held is null) _files.Delete(placed.MarkPath);
    }

    /// <summary>Removes an object that was never placed.</summary>
    public void Discard(IncomingFile file)
    {
        file.Dispose();
        if (file.IsCreated) _files.Delete(file.Path);
    }

    public void Remove(Guid facilityId, string relative)
    {
        string path = Paths.Resolve(facilityId, relative);
        Held.Cancel(path);
        _files.Delete(path);
    }

    public bool Exists(Guid facilityId, string relative)
    {
        string path = Paths.Resolve(facilityId, relative);
        return Held.IsHeld(path) || File.Exists(path);
    }

    /// <summary>Takes in a file that the index still holds, to be written anew.</summary>
    public HeldFile HoldAgain(HeldContent row) => Held.AddAgain(Paths.Resolve(row.FacilityId, row.StoragePath), row);

    /// <summary>Opens an object for reading. Whoever removes it meanwhile leaves the opened one readable.</summary>
    public FileStream Open(Guid facilityId, string relative)
    {
        string path = Paths.Resolve(facilityId, relative);
        Held.WriteIfHeld(path);
        return new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.Read,
            Share = FileShare.Read | FileShare.Delete,
            Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
        });
    }

    /// <summary>What runs that are over left in <c>incoming/</c>. Looks nowhere else, so its cost does not grow with the archive.</summary>
    public IEnumerable<Leftover> FindLeftovers()
    {
        // A run is asked for when a name of it has been seen: its lock is older than any of its names, so one that began a moment ago is
        // never taken for dead.
        var isOver = new Dictionary<Guid, bool>();
        if (!Directory.Exists(Paths.Facilities)) yield break;
        foreach (string folder in Directory.EnumerateDirectories(Paths.Facilities))
        {
            if (!Guid.TryParseExact(Path.GetFileName(folder), "N", out Guid facilityId)) continue;
            string incoming = Paths.Incoming(facilityId);
            if (!Directory.Exists(incoming)) continue;
            foreach (string file in Directory.GetFiles(incoming))
            {
                string[] parts = Path.GetFileName(file).Split('.');
                if (parts.Length is not (3 or 4) || !Guid.TryParseExact(parts[0], "N", out Guid version) || !Guid.TryParseExact(parts[1], "N", out Guid run)) continue;
                // Names of three parts are from before there were layouts.
                Placement placement = default;
                if (parts.Length == 4 && !Placement.TryParse(parts[2], out placement)) continue;
                if (!isOver.TryGetValue(run, out bool over)) isOver[run] = over = StorageRun.IsOver(Paths, run);
                if (over) yield return new Leftover(facilityId, version, placement, file);
            }
        }
    }

    /// <summary>Forgets the lock files of runs that are over, once nothing of theirs is left.</summary>
    public void ForgetFinishedRuns() => StorageRun.RemoveFinished(Paths, StorageRun.Known(Paths).Where(run => StorageRun.IsOver(Paths, run)).ToHashSet());

    /// <summary>Removes all that a facility has on disk, folder by folder, so that it can be cut off. What is gone already is no error.</summary>
    public void RemoveFacility(Guid facilityId, CancellationToken ct)
    {
        string folder = Paths.Facility(facilityId);
        Held.CancelBelow(folder);
        try
        {
            foreach (string part in Directory.EnumerateDirectories(folder).SelectMany(Directory.EnumerateDirectories))
            {
                ct.ThrowIfCancellationRequested();
                Directory.Delete(part, recursive: true);
            }
        }
        catch (DirectoryNotFoundException)
        {
            // Never received anything, or done before.
        }

        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        ForgetRemovedFolders();
    }

    public void RemoveLeftover(string path) => _files.Delete(path);

    public void Dispose()
    {
        if (_run.IsValueCreated) _run.Value.Dispose();
    }

    private SafeFileHandle CreateIncoming(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        EnsureDurable(folder);
        try
        {
            return _files.CreateFile(path);
        }
        catch (DirectoryNotFoundException)
        {
            ForgetRemovedFolders();
            EnsureDurable(folder);
            return _files.CreateFile(path);
        }
    }

    /// <returns>The name in <c>incoming/</c> that marks the object as unfinished.</returns>
    private string GiveName(IncomingFile file, string target, string sopInstanceUid, string relative)
    {
        try
        {
            InFolder(target, () => _files.Link(file.Path, target));
            return file.Path;
        }
        catch (LinksNotSupportedException)
        {
            string mark = Path.ChangeExtension(file.Path, StoragePaths.MarkerExtension);
            WriteMarker(mark, sopInstanceUid, relative);
            try
            {
                InFolder(target, () => _files.Rename(file.Path, target));
                return mark;
            }
            catch
            {
                _files.Delete(mark);
                throw;
            }
        }
    }

    /// <summary>Gives a name in a folder, which is made again if it went meanwhile: empty ones are removed after a deletion.</summary>
    private void InFolder(string target, Action name)
    {
        try
        {
            name();
        }
        catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            ForgetRemovedFolders();
            EnsureDurable(Path.GetDirectoryName(target)!);
            name();
        }
    }

    /// <summary>The trace of an object that loses its name in <c>incoming/</c> by the renaming: its UID and its final name.</summary>
    private void WriteMarker(string path, string sopInstanceUid, string relative)
    {
        using var handle = _files.CreateFile(path);
        _files.Write(handle, Encoding.UTF8.GetBytes(sopInstanceUid + '\n' + relative), 0);
        _files.Flush(handle);
        _directories.Flush(Path.GetDirectoryName(path)!);
    }

    /// <summary>A folder that was known has been removed meanwhile, and others may have been.</summary>
    private void ForgetRemovedFolders() => _durable.Clear();

    /// <summary>
    /// Creates a folder and makes its name durable, and so for the folders above it. That it exists is not enough: whoever
    /// created it may not have flushed its name yet.
    /// </summary>
    private void EnsureDurable(string folder)
    {
        if (_durable.ContainsKey(folder)) return;
        string? parent = Path.GetDirectoryName(folder);
        bool top = parent is null || folder.Length <= Paths.Root.Length;
        if (!top) EnsureDurable(parent!);
        _files.CreateDirectory(folder);
        if (!top) _directories.Flush(parent!);
        if (_durable.Count >= MostKnownDirectories) _durable.Clear();
        _durable[folder] = true;
    }
}
