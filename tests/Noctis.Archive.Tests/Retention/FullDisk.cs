using Noctis.Archive.Storage;

namespace Noctis.Archive.Tests.Retention;

/// <summary>A small disk: what is free is what the test leaves, less what lies in the storage folder.</summary>
internal sealed class FullDisk(string root, long totalBytes) : IDiskSpace
{
    public long TotalBytes { get; set; } = totalBytes;

    public long FreeBytes => TotalBytes - new DirectoryInfo(Path.Combine(root, "facilities")).EnumerateFiles("*.dcm", SearchOption.AllDirectories).Sum(file => file.Length);
}
