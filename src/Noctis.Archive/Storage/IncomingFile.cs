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

    private const int PageLength = 4096;

    private readonly IFileSystem _files;
    private readonly SafeFileHandle _handle;
    private readonly ReadOnlyMemory<byte>[] _pieces = new ReadOnlyMemory<byte>[2];
    private byte[]? _buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
    private int _buffered;
    private long _written;

    internal IncomingFile(IFileSystem files, Guid facilityId, Guid version, Placement placement, string path)
    {
        _files = files;
        FacilityId = facilityId;
        Version = version;
        Placement = placement;
        Path = path;
        try
        {
            _handle = files.CreateFile(path);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            throw;
        }
    }

    public Guid FacilityId { get; }

    /// <summary>The name of this copy of the object, unlike that of any other copy.</summary>
    public Guid Version { get; }

    public Placement Placement { get; }

    /// <summary>The name in <c>incoming/</c>.</summary>
    public string Path { get; }

    public long Length => _written + _buffered;

    public void Write(ReadOnlyMemory<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_buffer is null, this);
        if (_buffered + bytes.Length > BufferLength) bytes = WriteWholePages(bytes);
        bytes.Span.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += bytes.Length;
    }

    /// <summary>Hands the last bytes to the system. What was written is not on disk yet.</summary>
    public void WriteRest()
    {
        if (_buffered == 0) return;
        _files.Write(_handle, _buffer.AsSpan(0, _buffered), _written);
        _written += _buffered;
        _buffered = 0;
    }

    /// <summary>Puts what was written on disk and closes the file. Blocks.</summary>
    public void FlushAndClose()
    {
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

    /// <summary>
    /// Writes what was gathered and the bytes in one call, up to the last whole page: a page that is written in two pieces is looked
    /// up, locked and marked twice.
    /// </summary>
    /// <returns>The end of the bytes, which has to wait for more.</returns>
    private ReadOnlyMemory<byte> WriteWholePages(ReadOnlyMemory<byte> bytes)
    {
        var rest = (int)Math.Min((_written + _buffered + bytes.Length) % PageLength, bytes.Length);
        _pieces[0] = _buffer.AsMemory(0, _buffered);
        _pieces[1] = bytes[..^rest];
        _files.Write(_handle, _pieces, _written);
        _written += _pieces[0].Length + _pieces[1].Length;
        _pieces.AsSpan().Clear();
        _buffered = 0;
        return bytes[^rest..];
    }
}
