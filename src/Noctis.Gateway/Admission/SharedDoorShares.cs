using System.Collections.Concurrent;

namespace Noctis.Gateway.Admission;

/// <summary>
/// How many associations of the shared door each facility has. The door takes several facilities' worth, and no facility more
/// than it could have on a port of its own: one that floods the door leaves it open to the others.
/// </summary>
internal sealed class SharedDoorShares
{
    /// <summary>The door's limit is so many times a facility's.</summary>
    public const int FacilitiesWorth = 8;

    private readonly ConcurrentDictionary<Guid, int> _associations = new();

    public int Of(Guid facilityId) => _associations.GetValueOrDefault(facilityId);

    public void Add(Guid facilityId) => _associations.AddOrUpdate(facilityId, 1, static (_, count) => count + 1);

    public void Remove(Guid facilityId) => _associations.AddOrUpdate(facilityId, 0, static (_, count) => Math.Max(0, count - 1));
}
