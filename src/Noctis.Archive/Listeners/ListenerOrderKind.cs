namespace Noctis.Archive.Listeners;

/// <summary>What somebody tells a facility's listener to do. Kept by name.</summary>
public enum ListenerOrderKind
{
    /// <summary>Listen, also where the settings have it wait after a start of the server.</summary>
    Start,

    /// <summary>Close the port; associations that run have a few seconds to end, and are aborted then.</summary>
    Stop,

    /// <summary>Close the port and open it again.</summary>
    Restart,

    /// <summary>Close the port and let the associations that run end by themselves, however long they take.</summary>
    Drain,
}
