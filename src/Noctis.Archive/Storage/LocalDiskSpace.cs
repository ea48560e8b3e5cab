namespace Noctis.Archive.Storage;

/// <summary>The disk of the storage folder, as the system sees it now.</summary>
internal sealed class LocalDiskSpace(StoragePaths paths) : IDiskSpace
{
    public long FreeBytes => Read(drive => drive.AvailableFreeSpace, unknown: long.MaxValue);

    public long TotalBytes => Read(drive => drive.TotalSize, unknown: 0);

    private long Read(Func<DriveInfo, long> figure, long unknown)
    {
        try
        {
            return figure(new DriveInfo(paths.Root));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A network share without a drive letter, or a disk that is gone: writing to it will say what is wrong.
            return unknown;
        }
    }
}
