using Noctis.Gateway.Listeners;

namespace Noctis.Portal.Tests.Facilities;

/// <summary>Listeners that do as a test says.</summary>
internal sealed class FakeListeners : IListenerStatusSource
{
    private readonly Dictionary<Door, ListenerStatus> _statuses = [];

    public event Action<Door>? Changed;

    public bool HasSettled => true;

    public DateTime? DatabaseAwaySinceUtc { get; private set; }

    public bool HasSubscribers => Changed is not null;

    public ListenerStatus SharedDoor => Get(Door.Shared);

    public ListenerStatus Get(Guid facilityId) => Get(Door.Of(facilityId));

    public void Set(Guid facilityId, ListenerState state, string? reason = null, string? remedy = null) =>
        Set(facilityId, new ListenerStatus(state, DateTime.UtcNow) { Reason = reason, Remedy = remedy });

    public void Set(Guid facilityId, ListenerStatus status)
    {
        _statuses[Door.Of(facilityId)] = status;
        Changed?.Invoke(Door.Of(facilityId));
    }

    public void SetDatabase(bool answers)
    {
        DatabaseAwaySinceUtc = answers ? null : DateTime.UtcNow;
        foreach (var door in _statuses.Keys.ToList())
            Changed?.Invoke(door);
    }

    private ListenerStatus Get(Door door) => _statuses.GetValueOrDefault(door) ?? new ListenerStatus(ListenerState.Stopped, default);
}
