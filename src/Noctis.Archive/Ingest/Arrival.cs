namespace Noctis.Archive.Ingest;

/// <summary>What an object that arrived was to the archive.</summary>
public enum Arrival
{
    New,

    /// <summary>It took the place of an earlier copy.</summary>
    Replaced,

    /// <summary>An earlier copy is there, which its facility's setting prefers.</summary>
    LeftOut,

    /// <summary>An earlier copy is there, and its facility's setting is to say so.</summary>
    Refused,

    /// <summary>It was a self-test's, and nothing is kept of it.</summary>
    Rehearsed,

    /// <summary>Its device is not registered: it was set apart, and no study knows of it.</summary>
    Quarantined,
}
