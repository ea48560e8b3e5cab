using Noctis.Archive.Storage;

namespace Noctis.Portal.Tests.Home;

internal sealed class SettableDisk : IDiskSpace
{
    public long FreeBytes { get; set; } = 500_000_000_000;

    public long TotalBytes => 1_000_000_000_000;
}
