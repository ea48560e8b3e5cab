namespace Noctis.Archive.Storage;

/// <summary>What is wrong with a file. Stored by name.</summary>
public enum FaultKind
{
    /// <summary>The file is not there.</summary>
    Missing,

    /// <summary>Its content is not what was received, or it cannot be read.</summary>
    Damaged,
}
