namespace Noctis.Archive.Ingest;

/// <summary>What the running batch has to do with a row of the cache.</summary>
internal enum RowState
{
    /// <summary>Nothing but to add to its counts.</summary>
    Known,

    /// <summary>Its attributes changed.</summary>
    Changed,

    /// <summary>It is not in the database yet.</summary>
    New,
}
