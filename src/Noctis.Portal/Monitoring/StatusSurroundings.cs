using Microsoft.Extensions.Options;
using Noctis.Archive.Database;
using Noctis.Archive.Storage;

namespace Noctis.Portal.Monitoring;

/// <summary>What a report says of the machine and the settings.</summary>
internal sealed class StatusSurroundings(IDiskSpace disk, IOptions<StorageOptions> storage, IOptions<DatabaseOptions> database)
{
    public string Provider => database.Value.Kind.ToString();

    public long WarnFreeBytes => (long)(storage.Value.WarnFreeGB * 1e9);

    public DiskStatus Disk => new(
        disk.FreeBytes is var free && free == long.MaxValue ? null : free,
        disk.TotalBytes is var total && total == 0 ? null : total,
        (long)(storage.Value.MinimumFreeGB * 1e9));
}
