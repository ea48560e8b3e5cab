namespace Noctis.Gateway.Listeners;

/// <summary>What pages and health checks ask: does the listener run, and if not, why. Answers from memory; thread safe.</summary>
public interface IListenerStatusSource
{
    ListenerStatus Get(Guid facilityId);

    ListenerStatus SharedDoor { get; }

    /// <summary>
    /// Raised after a door's state changed, at once, and at most once a second while its numbers change. Handlers are called
    /// on a thread of the gateway: they must be quick and must not throw. Whoever subscribes unsubscribes when it goes.
    /// </summary>
    event Action<Door>? Changed;
}
