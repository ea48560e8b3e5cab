using System.Net;

namespace Noctis.Gateway.Admission;

/// <summary>
/// How many associations of the shared door each facility has. The door takes several facilities' worth, and no facility more
/// than it could have on a port of its own: one that floods the door leaves it open to the others.
/// </summary>
internal sealed class SharedDoorShares
{
    /// <summary>The door's limit is so many times a facility's.</summary>
    public const int FacilitiesWorth = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<IPEndPoint, Guid> _connections = [];
    private readonly Dictionary<Guid, int> _counts = [];

    /// <summary>Takes a place for a connection, by the peer's end of it; false when the facility has as many as it may.</summary>
    public bool TryTake(IPEndPoint peer, Guid facilityId, int limit)
    {
        lock (_lock)
        {
            var count = _counts.GetValueOrDefault(facilityId);
            if (count >= limit || !_connections.TryAdd(peer, facilityId))
                return false;
            _counts[facilityId] = count + 1;
            return true;
        }
    }

    /// <summary>The connection has ended, whether it had a place or not.</summary>
    public void Release(IPEndPoint peer)
    {
        lock (_lock)
        {
            if (!_connections.Remove(peer, out var facilityId))
                return;
            if (--_counts[facilityId] == 0)
                _counts.Remove(facilityId);
        }
    }
}
