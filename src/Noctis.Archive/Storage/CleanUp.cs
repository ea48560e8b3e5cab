namespace Noctis.Archive.Storage;

/// <summary>When studies go to the trash by themselves. Those that are pinned never do. Stored by name.</summary>
public enum CleanUp
{
    Off,

    /// <summary>When the quota or the server's floor of free space is reached: the oldest that are past the retention days.</summary>
    WhenFull,

    /// <summary>Every study that is past the retention days.</summary>
    Always,
}
