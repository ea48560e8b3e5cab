namespace Noctis.Gateway.Listeners;

/// <summary>What pages and health checks ask: does the listener run, and if not, why. Answers from memory; thread safe.</summary>
public interface IListenerStatusSource
{
    ListenerStatus Get(Guid facilityId);

    ListenerStatus SharedDoor { get; }

    /// <summary>
    /// Whether every door has been opened, or has failed to, once since the start: from then on a sender is answered. It stays
    /// true; a door that fails later is that door's state.
    /// </summary>
    bool HasSettled { get; }

    /// <summary>Since when the database has not said what is configured; null while it does. The doors go on as it said last.</summary>
    DateTime? DatabaseAwaySinceUtc { get; }

    /// <summary>
    /// Raised after a door's state changed, at once, and at most once a second while its numbers change; for
    /// every door when the database has gone or is back. Handlers are called
    /// on a thread of the gateway: they must be quick and must not throw. Whoever subscribes unsubscribes when it goes.
    /// </summary>
    event Action<Door>? Changed;
}
