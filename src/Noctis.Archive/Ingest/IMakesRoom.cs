namespace Noctis.Archive.Ingest;

/// <summary>Makes room for a facility that has none left, by its clean-up setting. Ingest asks when it would have to refuse.</summary>
internal interface IMakesRoom
{
    /// <summary>Returns when there is room, or when none can be made; others who ask meanwhile wait for the same run.</summary>
    Task MakeRoomAsync(Guid facilityId, CancellationToken ct);
}
