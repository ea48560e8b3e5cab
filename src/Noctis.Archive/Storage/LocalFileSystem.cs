using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Noctis.Archive.Storage;

/// <summary>The disk itself.</summary>
internal sealed partial class LocalFileSystem : IFileSystem
{
    private const int OpenReadOnly = 0;
    private const int NotPermitted = 1, CrossDevice = 18, Invalid = 22, TooManyLinks = 31, NotImplemented = 38, NotSupportedOnLinux = 95, NotSupportedOnMac = 45;
    private const int OfWorkingDirectory = -100, StatusBasic = 0x7ff, StatusLength = 256, StatusDeviceAt = 136;
    private const int WindowsInvalidFunction = 1, WindowsNotSupported = 50;

    public SafeFileHandle CreateFile(string path) =>
        File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);

    public void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(file, bytes, offset);

    public void Write(SafeFileHandle file, IReadOnlyList<ReadOnlyMemory<byte>> pieces, long offset) => RandomAccess.Write(file, pieces, offset);

    public void Flush(SafeFileHandle file) => RandomAccess.FlushToDisk(file);

    public void FlushFile(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        Flush(file);
    }

    public bool TryFlushFileSystem(string path)
    {
        if (!OperatingSystem.IsLinux()) return false;
        int directory = Open(path, OpenReadOnly);
        if (directory < 0) throw Failure("open folder", Marshal.GetLastPInvokeError());
        try
        {
            if (SyncFileSystem(directory) == 0) return true;
            if (Marshal.GetLastPInvokeError() is var error and not NotImplemented) throw Failure("flush file system", error);
            return false;
        }
        finally
        {
            _ = Close(directory);
        }
    }

    public ulong? FileSystemOf(string folder)
    {
        if (!OperatingSystem.IsLinux()) return null;
        byte[] status = new byte[StatusLength];
        try
        {
            if (Status(OfWorkingDirectory, folder, 0, StatusBasic, ref status[0]) != 0)
                return Marshal.GetLastPInvokeError() is var error and not NotImplemented ? throw Failure("look at folder", error) : null;
        }
        catch (EntryPointNotFoundException)
        {
            // musl before 1.2.5.
            return null;
        }

        // The device's two numbers.
        return MemoryMarshal.Read<ulong>(status.AsSpan(StatusDeviceAt));
    }

    public void Link(string existing, string created)
    {
        if (OperatingSystem.IsWindows())
        {
            if (CreateHardLink(created, existing, 0)) return;
            int code = Marshal.GetLastPInvokeError();
            if (code is WindowsInvalidFunction or WindowsNotSupported) throw new LinksNotSupportedException();
            throw Failure("link", code);
        }

        if (LinkOnUnix(existing, created) == 0) return;
        int error = Marshal.GetLastPInvokeError();
        if (error is NotPermitted or CrossDevice or TooManyLinks or NotImplemented or NotSupportedOnLinux or NotSupportedOnMac)
            throw new LinksNotSupportedException();
        throw Failure("link", error);
    }

    public void Rename(string from, string to) => File.Move(from, to);

    public void CreateDirectory(string path) => Directory.CreateDirectory(path);

    public void FlushDirectory(string path)
    {
        // Windows has no such call; NTFS journals its names by itself.
        if (OperatingSystem.IsWindows()) return;
        int directory = Open(path, OpenReadOnly);
        if (directory < 0) throw Failure("open folder", Marshal.GetLastPInvokeError());
        try
        {
            // Some network file systems answer EINVAL: there, names cannot be flushed at all.
            if (Fsync(directory) != 0 && Marshal.GetLastPInvokeError() is var error and not Invalid) throw Failure("flush folder", error);
        }
        finally
        {
            _ = Close(directory);
        }
    }

    public void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing there, which is what was asked for.
        }
    }

    private static IOException Failure(string what, int code) => code == 2
        ? new FileNotFoundException(what + ": " + Marshal.GetPInvokeErrorMessage(code))
        : new IOException(what + ": " + Marshal.GetPInvokeErrorMessage(code), code);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkOnUnix(string existing, string created);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int file);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncFileSystem(int file);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int relativeTo, string path, int flags, uint wanted, ref byte status);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int file);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string created, string existing, nint security);
}
