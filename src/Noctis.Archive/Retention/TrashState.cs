namespace Noctis.Archive.Retention;

/// <summary>Where a deleted study stands. Stored by name.</summary>
public enum TrashState
{
    /// <summary>It can be had back.</summary>
    Restorable,

    /// <summary>Its files and rows are being removed, for good.</summary>
    Emptying,
}
