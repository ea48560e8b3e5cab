namespace Noctis.Archive.Ingest;

/// <summary>Makes room for a facility that has none left, by its clean-up setting. Ingest asks when it would have to refuse.</summary>
internal interface IMakesRoom
{
    /// <summary>Ends when there is room, or when none can be made; others who ask meanwhile wait for the same run.</summary>
    /// <param name="facilityId">Whose.</param>
    /// <param name="bytes">How many bytes are to fit: the object's, and those of others that are on their way.</param>
    /// <param name="ct">Ends the waiting, and not the run.</param>
    /// <returns>Whether so many fit now.</returns>
    Task<bool> MakeRoomAsync(Guid facilityId, long bytes, CancellationToken ct);
}
