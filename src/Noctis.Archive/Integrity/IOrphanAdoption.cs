namespace Noctis.Archive.Integrity;

/// <summary>Puts a file into the index that lies in its final place and has no row.</summary>
internal interface IOrphanAdoption
{
    /// <summary>
    /// Makes the rows of a file. What is there under its UID by then stays, unless its file is known to be faulty: then the orphan
    /// takes its place.
    /// </summary>
    /// <returns>Whether the index names the file now.</returns>
    Task<bool> AdoptAsync(OrphanFile file, CancellationToken ct);
}
