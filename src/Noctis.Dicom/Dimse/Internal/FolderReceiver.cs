using System.Buffers;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Files;

namespace Noctis.Dicom.Dimse.Internal;

/// <summary>Writes one object of a <see cref="FolderStore"/>. Its file has a name of its own until it is whole.</summary>
internal sealed class FolderReceiver : IStoreReceiver
{
    /// <summary>Pieces are gathered up to this much, so that a write is worth its call; longer ones go to the file from where they are.</summary>
    private const int BufferLength = 32 * 1024;

    private const int PageLength = 4 * 1024;

    // ENOSPC, EDQUOT, ERROR_DISK_FULL: .NET has no name for them that all systems share.
    private const int LinuxNoSpace = 28;
    private const int LinuxQuota = 122;
    private const int WindowsDiskFull = 112;

    private static readonly int ProcessMark = Random.Shared.Next();

    private static long _lastPart;

    private readonly string _path;
    private readonly string _partPath;
    private readonly bool _flushToDisk;
    private readonly SafeFileHandle _file;
    private readonly ReadOnlyMemory<byte>[] _pieces = new ReadOnlyMemory<byte>[2];
    private byte[]? _buffer;
    private int _buffered;
    private long _written;
    private bool _isPlaced;

    public FolderReceiver(string path, bool flushToDisk, CStoreRequest request, DicomTransferSyntax syntax, string callingAETitle)
    {
        _path = path;
        _flushToDisk = flushToDisk;

        // No two receivers, of this process or of another on the same folder, write the same file. FileMode.Create would do as well, but
        // .NET truncates the file then, and ext4 takes a truncated file for one whose new contents have to go to disk when it is closed.
        _partPath = string.Create(CultureInfo.InvariantCulture, $"{path}.{ProcessMark:x8}-{Interlocked.Increment(ref _lastPart)}.part");
        _file = File.OpenHandle(_partPath, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        _buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        var meta = new ArrayBufferWriter<byte>(512);
        DicomFileMetaWriter.Write(meta, request.AffectedSOPClassUID, request.AffectedSOPInstanceUID, syntax, callingAETitle);
        meta.WrittenSpan.CopyTo(_buffer);
        _buffered = meta.WrittenCount;
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> fragment, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_buffer is null, this);
        try
        {
            if (_buffered + fragment.Length > BufferLength)
                fragment = WriteWholePages(fragment);
            fragment.CopyTo(_buffer.AsMemory(_buffered));
            _buffered += fragment.Length;
        }
        catch (IOException exception) when (IsDiskFull(exception))
        {
            throw DiskFull();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<CStoreResult> CompleteAsync(CancellationToken cancellationToken)
    {
        try
        {
            WriteBuffered();
            if (_flushToDisk)
                RandomAccess.FlushToDisk(_file);
            _file.Dispose();
            File.Move(_partPath, _path, overwrite: true);
            _isPlaced = true;
        }
        catch (IOException exception) when (IsDiskFull(exception))
        {
            throw DiskFull();
        }

        return ValueTask.FromResult(CStoreResult.Success);
    }

    public ValueTask DisposeAsync()
    {
        if (_buffer is null)
            return ValueTask.CompletedTask;
        _file.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
        if (!_isPlaced)
            DeletePart();
        return ValueTask.CompletedTask;
    }

    /// <summary>Whether the sender may try again once there is room (PS3.4 B.2.3, A7xx). Any other failure is ours, and belongs into the log.</summary>
    public static bool IsDiskFull(IOException exception) => (exception.HResult & 0xFFFF) is LinuxNoSpace or LinuxQuota or WindowsDiskFull;

    public static OperationRefusedException DiskFull() => new(DicomStatus.OutOfResources, "The disk of the receiving system is full.");

    /// <summary>
    /// Writes what was gathered and the fragment in one call, up to the last whole page: a page that is written in two pieces is
    /// looked up, locked and marked twice.
    /// </summary>
    /// <returns>The end of the fragment, which has to wait for more.</returns>
    private ReadOnlyMemory<byte> WriteWholePages(ReadOnlyMemory<byte> fragment)
    {
        var rest = (int)Math.Min((_written + _buffered + fragment.Length) % PageLength, fragment.Length);
        _pieces[0] = _buffer.AsMemory(0, _buffered);
        _pieces[1] = fragment[..^rest];
        RandomAccess.Write(_file, _pieces, _written);
        _written += _pieces[0].Length + _pieces[1].Length;
        _pieces.AsSpan().Clear();
        _buffered = 0;
        return fragment[^rest..];
    }

    private void WriteBuffered()
    {
        RandomAccess.Write(_file, _buffer.AsSpan(0, _buffered), _written);
        _written += _buffered;
        _buffered = 0;
    }

    private void DeletePart()
    {
        try
        {
            File.Delete(_partPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It stays behind under the name of an unfinished file, which nobody takes for an object.
        }
    }
}
