using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Noctis.Archive.Ingest;
using Noctis.Archive.Storage;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;

namespace Noctis.Archive.Integrity;

/// <summary>Reads a file to its end and says whether it is what was received. Thread safe.</summary>
internal sealed class FileVerifier(ObjectStore store)
{
    private const int BufferLength = 256 * 1024;

    /// <summary>What opening a file costs the disk, in bytes that it could have read instead.</summary>
    private const int CostOfOpening = 64 * 1024;

    // PS3.10 7.1: 128 bytes of preamble, "DICM", then (0002,0000) UL of 4 bytes, the length of what follows of the meta group.
    private const int PrefixAt = 128, LengthAt = 132, MetaAt = 144, LongestMeta = 1024 * 1024;

    /// <summary>Whether a file is there and holds what its row says.</summary>
    public async Task<FileVerdict> VerifyAsync(StoredFile file, ReadPace? pace, CancellationToken ct)
    {
        try
        {
            using SafeFileHandle handle = Open(file.FacilityId, file.StoragePath);
            if (pace is not null) await pace.SpendAsync(CostOfOpening, ct);
            long length = RandomAccess.GetLength(handle);
            if (length != file.Bytes) return FileVerdict.Damaged($"it has {length} bytes instead of {file.Bytes}");
            if (await ReadMetaAsync(handle, ct) is not { } meta) return FileVerdict.Damaged("its meta group cannot be read");
            if (meta.Group.GetString(DicomTag.MediaStorageSOPInstanceUID) != file.SopInstanceUid || meta.Group.GetString(DicomTag.TransferSyntaxUID) != file.TransferSyntaxUid)
                return FileVerdict.Damaged("its meta group names another object or transfer syntax");
            byte[] hash = await HashAsync(handle, meta.Length, pace, ct);
            return file.ContentHash is null || file.ContentHash.AsSpan().SequenceEqual(hash)
                ? FileVerdict.Whole(hash)
                : FileVerdict.Damaged("its content is not what was received", hash);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return FileVerdict.Missing;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return FileVerdict.Damaged($"it cannot be read: {e.Message}");
        }
    }

    /// <summary>The meta group of a file that no row names; null when it has none that can be read.</summary>
    /// <exception cref="IOException">It is gone, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public async Task<DicomDataset?> ReadMetaAsync(FoundFile file, CancellationToken ct)
    {
        using SafeFileHandle handle = Open(file.FacilityId, file.StoragePath);
        return (await ReadMetaAsync(handle, ct))?.Group;
    }

    /// <summary>The length of a file that no row names, and the hash of what follows its meta group; null when it has no meta group.</summary>
    /// <exception cref="IOException">It is gone, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public async Task<(long Bytes, byte[] Hash)?> MeasureAsync(FoundFile file, CancellationToken ct)
    {
        using SafeFileHandle handle = Open(file.FacilityId, file.StoragePath);
        return await ReadMetaAsync(handle, ct) is { } meta ? (RandomAccess.GetLength(handle), await HashAsync(handle, meta.Length, null, ct)) : null;
    }

    /// <summary>Where an object's data set begins in its file; null when it has no meta group that can be read.</summary>
    /// <exception cref="IOException">It is gone, or cannot be read.</exception>
    public async Task<long?> FindContentAsync(Guid facilityId, string storagePath, CancellationToken ct)
    {
        using SafeFileHandle handle = Open(facilityId, storagePath);
        return (await ReadMetaAsync(handle, ct))?.Length;
    }

    private SafeFileHandle Open(Guid facilityId, string storagePath)
    {
        string path = store.Paths.Resolve(facilityId, storagePath);
        store.Held.WriteIfHeld(path);
        return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.Asynchronous | FileOptions.SequentialScan);
    }

    private static async Task<byte[]> HashAsync(SafeFileHandle handle, long from, ReadPace? pace, CancellationToken ct)
    {
        var hash = new ObjectHash();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            for (long at = from; ;)
            {
                int read = await RandomAccess.ReadAsync(handle, buffer.AsMemory(0, BufferLength), at, ct);
                if (read == 0) return hash.Get();
                hash.Append(buffer.AsSpan(0, read));
                at += read;
                if (pace is not null) await pace.SpendAsync(read, ct);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The meta group and where it ends, by its own length: whatever follows was hashed as it was received.</summary>
    private static async Task<(DicomDataset Group, int Length)?> ReadMetaAsync(SafeFileHandle handle, CancellationToken ct)
    {
        byte[] head = new byte[MetaAt];
        if (await FillAsync(handle, head, ct) < MetaAt || !head.AsSpan(PrefixAt).StartsWith("DICM"u8)
            || !head.AsSpan(LengthAt).StartsWith((ReadOnlySpan<byte>)[2, 0, 0, 0, (byte)'U', (byte)'L', 4, 0])) return null;
        uint rest = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(MetaAt - 4));
        if (rest > LongestMeta) return null;
        byte[] whole = new byte[MetaAt + (int)rest];
        if (await FillAsync(handle, whole, ct) < whole.Length) return null;
        try
        {
            return (DicomReader.ReadDataset(whole.AsMemory(LengthAt), DicomTransferSyntax.ExplicitVRLittleEndian), whole.Length);
        }
        catch (DicomDataException)
        {
            return null;
        }
    }

    private static async Task<int> FillAsync(SafeFileHandle handle, Memory<byte> buffer, CancellationToken ct)
    {
        int filled = 0;
        while (filled < buffer.Length)
        {
            int read = await RandomAccess.ReadAsync(handle, buffer[filled..], filled, ct);
            if (read == 0) break;
            filled += read;
        }

        return filled;
    }
}
