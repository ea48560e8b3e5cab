using Microsoft.Extensions.Options;

namespace Noctis.Archive.Storage;

/// <summary>
/// The floor of free space: below it the server takes nothing more, so that the database, its log and the system keep the room that
/// they need to live. Asks the system twice a second at most. Thread safe.
/// </summary>
internal sealed class DiskFloor(IDiskSpace space, IOptions<StorageOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly long _floor = (long)(options.Value.MinimumFreeGB * 1e9);
    private long _readAt;
    private long _free = -1;

    /// <summary>What may still be received, in bytes; 0 at the floor or below it.</summary>
    public long Room
    {
        get
        {
            lock (_gate)
            {
                if (_free < 0 || time.GetElapsedTime(_readAt) >= Lifetime) (_free, _readAt) = (space.FreeBytes, time.GetTimestamp());
                return Math.Max(0, _free - _floor);
            }
        }
    }
}
