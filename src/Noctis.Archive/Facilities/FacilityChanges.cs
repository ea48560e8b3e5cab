using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Noctis.Archive.Facilities;

/// <summary>
/// Tells this process that a facility or one of its devices was changed, so that listeners, caches and pages follow at once. Other nodes
/// find out by reading the database, as does whoever misses a signal: it is a hint, never the source of truth.
/// </summary>
public sealed class FacilityChanges(ILogger<FacilityChanges> logger)
{
    private ImmutableList<Action<Guid>> _handlers = [];

    /// <summary>The handler gets the facility's id on the thread of whoever made the change: it returns quickly and does not throw.</summary>
    public IDisposable Subscribe(Action<Guid> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ImmutableInterlocked.Update(ref _handlers, handlers => handlers.Add(handler));
        return new Subscription(this, handler);
    }

    /// <summary>Called after the change is committed.</summary>
    public void Publish(Guid facilityId)
    {
        foreach (var handler in _handlers)
            handler(facilityId);
    }

    internal void Announce(Facility facility, string action, AdministratorScope actor)
    {
        Log.FacilityChanged(logger, facility.Id, facility.AETitle, facility.Port, action, actor.ActorName);
        Publish(facility.Id);
    }

    private sealed class Subscription(FacilityChanges changes, Action<Guid> handler) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref changes._handlers, handlers => handlers.Remove(handler));
    }
}
