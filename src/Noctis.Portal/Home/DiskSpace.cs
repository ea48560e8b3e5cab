namespace Noctis.Portal.Home;

/// <summary>How full the disk is that a folder lies on.</summary>
public sealed record DiskSpace(string Path, long TotalBytes, long FreeBytes)
{
    public int PercentFull => TotalBytes == 0 ? 0 : (int)Math.Clamp(Math.Round(100.0 * (TotalBytes - FreeBytes) / TotalBytes), 0, 100);

    /// <summary>Null where the system does not say, as for some network shares.</summary>
    public static DiskSpace? Of(string folder)
    {
        try
        {
            // A folder is enough: the system finds the disk that it lies on.
            var drive = new DriveInfo(System.IO.Path.GetFullPath(folder));
            return new DiskSpace(drive.Name, drive.TotalSize, drive.AvailableFreeSpace);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
