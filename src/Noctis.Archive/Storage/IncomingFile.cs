using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Noctis.Archive.Storage;

/// <summary>
/// An object on its way in: in memory until it is more than a buffer, then in a file. Its name in <c>incoming/</c> is the mark that it is
/// unfinished: the name goes last, after the row is committed, or the object with it. Not thread safe.
/// </summary>
internal sealed class IncomingFile : IDisposable
{
    /// <summary>Most senders cut objects into pieces of 16 to 128 KB; smaller ones are gathered so that a write is worth its call.</summary>
    private const int BufferLength = 64 * 1024;

    private const int PageLength = 4096;

    private readonly IFileSystem _files;
    private readonly Func<string, SafeFileHandle> _create;
    private readonly ReadOnlyMemory<byte>[] _pieces = new ReadOnlyMemory<byte>[2];
    private byte[]? _buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
    private SafeFileHandle? _handle;
    private int _buffered;
    private long _written;

    /// <param name="files">The disk.</param>
    /// <param name="create">Creates the file, when it comes to that.</param>
    /// <param name="facilityId">Whose object it is.</param>
    /// <param name="version">The name of this copy.</param>
    /// <param name="placement">How its final name will be made.</param>
    /// <param name="path">The name in <c>incoming/</c>.</param>
    internal IncomingFile(IFileSystem files, Func<string, SafeFileHandle> create, Guid facilityId, Guid version, Placement placement, string path)
    {
        _files = files;
        _create = create;
        FacilityId = facilityId;
        Version = version;
        Placement = placement;
        Path = path;
    }

    public Guid FacilityId { get; }

    /// <summary>The name of this copy of the object, unlike that of any other copy.</summary>
    public Guid Version { get; }

    public Placement Placement { get; }

    /// <summary>The name in <c>incoming/</c>.</summary>
    public string Path { get; }

    public long Length => _written + _buffered;

    /// <summary>Whether there is a file, and not only bytes in memory.</summary>
    public bool IsCreated => _handle is not null;

    public void Write(ReadOnlyMemory<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_buffer is null, this);
        if (_buffered + bytes.Length > BufferLength) bytes = WriteWholePages(bytes);
        bytes.Span.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += bytes.Length;
    }

    /// <summary>All bytes of an object for which there is no file.</summary>
    public byte[] ToArray() => IsCreated ? throw new InvalidOperationException("The bytes are in a file.") : _buffer.AsSpan(0, _buffered).ToArray();

    /// <summary>Hands the last bytes to the system. What was written is not on disk yet.</summary>
    public void WriteRest()
    {
        SafeFileHandle file = Handle();
        if (_buffered == 0) return;
        _files.Write(file, _buffer.AsSpan(0, _buffered), _written);
        _written += _buffered;
        _buffered = 0;
    }

    /// <summary>Puts what was written on disk and closes the file. Blocks.</summary>
    public void FlushAndClose()
    {
        _files.Flush(Handle());
        Dispose();
    }

    public void Dispose()
    {
        _handle?.Dispose();
        if (_buffer is null) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
    }

    private SafeFileHandle Handle() => _handle ??= _create(Path);

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
        _files.Write(Handle(), _pieces, _written);
        _written += _pieces[0].Length + _pieces[1].Length;
        _pieces.AsSpan().Clear();
        _buffered = 0;
        return bytes[^rest..];
    }
}
