namespace Noctis.Archive.Storage;

/// <summary>What became of one of two contents with the same UID. Stored by name.</summary>
public enum VersionOutcome
{
    /// <summary>A later copy took its place, and it was removed.</summary>
    Replaced,

    /// <summary>A later copy took its place, and it is kept beside it.</summary>
    Kept,

    /// <summary>It came later and was left out; its sender was told success.</summary>
    Discarded,

    /// <summary>It came later and was refused.</summary>
    Refused,
}
