namespace Noctis.Archive;

public enum ActorKind
{
    /// <summary>A signed-in person.</summary>
    User = 1,

    /// <summary>A DICOM listener, on behalf of the device that calls it.</summary>
    Listener = 2,

    /// <summary>Scheduled or background work of the server itself.</summary>
    Job = 3,
}
