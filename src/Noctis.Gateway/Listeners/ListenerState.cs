namespace Noctis.Gateway.Listeners;

public enum ListenerState
{
    /// <summary>Not meant to listen: the facility is suspended, archived or unknown, the shared door is off, or the server is going down.</summary>
    Stopped,

    /// <summary>Meant to listen, and about to.</summary>
    Starting,

    Running,

    /// <summary>Meant to listen, but the port could not be opened; tried again until it can.</summary>
    Failed,
}
