using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Noctis.Archive.Storage;

/// <summary>
/// An object on its way in. Its name in <c>incoming/</c> is the mark that it is unfinished: the name goes last, after the
/// row is committed, or the object with it. Not thread safe.
/// </summary>
internal sealed class IncomingFile : IDisposable
{
    /// <summary>Most senders cut objects into pieces of 16 to 128 KB; smaller ones are gathered so that a write is worth its call.</summary>
    private const int BufferLength = 64 * 1024;

    private readonly IFileSystem _files;
    private readonly SafeFileHandle _handle;
    private byte[]? _buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
    private int _buffered;
    private long _written;

    internal IncomingFile(IFileSystem files, Guid facilityId, Guid version, string path)
    {
        _files = files;
        FacilityId = facilityId;
        Version = version;
        Path = path;
        _handle = files.CreateFile(path);
    }

    public Guid FacilityId { get; }

    /// <summary>The name of this copy of the object, unlike that of any other copy.</summary>
    public Guid Version { get; }

    /// <summary>The name in <c>incoming/</c>.</summary>
    public string Path { get; }

    public long Length => _written + _buffered;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_buffer is null, this);
        if (bytes.Length > BufferLength - _buffered) WriteBuffered();
        if (bytes.Length >= BufferLength)
        {
            WriteThrough(bytes);
            return;
        }

        bytes.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += bytes.Length;
    }

    /// <summary>Puts what was written on disk and closes the file. Blocks.</summary>
    public void FlushAndClose()
    {
        WriteBuffered();
        _files.Flush(_handle);
        Dispose();
    }

    public void Dispose()
    {
        _handle.Dispose();
        if (_buffer is null) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
    }

    private void WriteBuffered()
    {
        if (_buffered == 0) return;
        int length = _buffered;
        _buffered = 0;
        WriteThrough(_buffer.AsSpan(0, length));
    }

    private void WriteThrough(ReadOnlySpan<byte> bytes)
    {
        _files.Write(_handle, bytes, _written);
        _written += bytes.Length;
    }
}
