using System.Collections.Immutable;

namespace Noctis.Archive.Quarantine;

/// <summary>Tells pages of this process that something came into a facility's quarantine or left it. Thread safe.</summary>
public sealed class QuarantineChanges
{
    private ImmutableList<Subscription> _subscriptions = [];

    /// <summary>The handler is called after each change at the scope's facility: it returns quickly and does not throw.</summary>
    public IDisposable Subscribe(FacilityScope scope, Action handler)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(handler);
        var subscription = new Subscription(this, scope.FacilityId, handler);
        ImmutableInterlocked.Update(ref _subscriptions, subscriptions => subscriptions.Add(subscription));
        return subscription;
    }

    internal void Publish(Guid facilityId)
    {
        foreach (Subscription subscription in _subscriptions)
        {
            if (subscription.FacilityId == facilityId) subscription.Handler();
        }
    }

    private sealed class Subscription(QuarantineChanges changes, Guid facilityId, Action handler) : IDisposable
    {
        public Guid FacilityId => facilityId;

        public Action Handler => handler;

        public void Dispose() => ImmutableInterlocked.Update(ref changes._subscriptions, subscriptions => subscriptions.Remove(this));
    }
}
