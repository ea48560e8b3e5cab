using Microsoft.Win32.SafeHandles;

namespace Noctis.Archive.Storage;

/// <summary>
/// The steps that ingest takes on disk, one method each. They are behind an interface so that tests can fill the disk, or
/// stop the process, between any two of them.
/// </summary>
internal interface IFileSystem
{
    /// <summary>Creates a file that must not exist yet, open for writing.</summary>
    SafeFileHandle CreateFile(string path);

    void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Writes pieces after each other, in one call.</summary>
    void Write(SafeFileHandle file, IReadOnlyList<ReadOnlyMemory<byte>> pieces, long offset);

    /// <summary>Returns when the file's bytes are on disk.</summary>
    void Flush(SafeFileHandle file);

    /// <summary>Returns when the bytes of a file that is closed are on disk.</summary>
    void FlushFile(string path);

    /// <summary>Returns when all that was written to the file system of this folder is on disk, names too; false where the system has no such call.</summary>
    bool TryFlushFileSystem(string path);

    /// <summary>Which file system a folder lies on, as a number that is the same for two folders of one; null where that cannot be told.</summary>
    /// <exception cref="FileNotFoundException">There is no such folder.</exception>
    ulong? FileSystemOf(string folder);

    /// <summary>Gives a file a second name; throws <see cref="LinksNotSupportedException"/> where the file system has none.</summary>
    void Link(string existing, string created);

    void Rename(string from, string to);

    void CreateDirectory(string path);

    /// <summary>Returns when the names in a directory are on disk, as far as the system offers that.</summary>
    void FlushDirectory(string path);

    /// <summary>Deletes a file; a file that is not there is no error.</summary>
    void Delete(string path);
}
