using Microsoft.Win32.SafeHandles;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Tests.Storage;

/// <summary>The disk, with a say before each step: a fault thrown there is the step's fault, and the step does not happen.</summary>
internal sealed class FaultyFileSystem(Action<string, string> before) : IFileSystem
{
    private readonly LocalFileSystem _disk = new();

    /// <summary>Whether the system can flush a whole file system by one call.</summary>
    public bool HasFileSystemFlush { get; init; } = true;

    /// <summary>Which file system a folder lies on, where a test has several; null asks the disk.</summary>
    public Func<string, ulong?>? FileSystems { get; init; }

    public SafeFileHandle CreateFile(string path)
    {
        before(nameof(CreateFile), path);
        return _disk.CreateFile(path);
    }

    public void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        before(nameof(Write), "");
        _disk.Write(file, bytes, offset);
    }

    public void Write(SafeFileHandle file, IReadOnlyList<ReadOnlyMemory<byte>> pieces, long offset)
    {
        before(nameof(Write), "");
        _disk.Write(file, pieces, offset);
    }

    public void Flush(SafeFileHandle file)
    {
        before(nameof(Flush), "");
        _disk.Flush(file);
    }

    public void FlushFile(string path)
    {
        before(nameof(FlushFile), path);
        _disk.FlushFile(path);
    }

    public bool TryFlushFileSystem(string path)
    {
        before(nameof(TryFlushFileSystem), path);
        return HasFileSystemFlush && _disk.TryFlushFileSystem(path);
    }

    public ulong? FileSystemOf(string folder) => FileSystems is null ? _disk.FileSystemOf(folder) : FileSystems(folder);

    public void Link(string existing, string created)
    {
        before(nameof(Link), created);
        _disk.Link(existing, created);
    }

    public void Rename(string from, string to)
    {
        before(nameof(Rename), to);
        _disk.Rename(from, to);
    }

    public void CreateDirectory(string path)
    {
        before(nameof(CreateDirectory), path);
        _disk.CreateDirectory(path);
    }

    public void FlushDirectory(string path)
    {
        before(nameof(FlushDirectory), path);
        _disk.FlushDirectory(path);
    }

    public void Delete(string path)
    {
        before(nameof(Delete), path);
        _disk.Delete(path);
    }
}
