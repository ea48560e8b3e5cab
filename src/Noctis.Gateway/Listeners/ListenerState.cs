namespace Noctis.Gateway.Listeners;

public enum ListenerState
{
    /// <summary>
    /// Not meant to listen: the facility is suspended, archived or unknown, its listener is switched off, was stopped by hand or waits to be
    /// started, the shared door is off, or the server is going down.
    /// </summary>
    Stopped,

    /// <summary>Meant to listen, and about to.</summary>
    Starting,

    Running,

    /// <summary>Meant to listen, but it cannot: the port could not be opened, which is tried again until it can, or its certificate is missing.</summary>
    Failed,

    /// <summary>Takes no more associations, and lets those that run end by themselves.</summary>
    Draining,
}
