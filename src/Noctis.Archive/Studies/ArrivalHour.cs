namespace Noctis.Archive.Studies;

/// <summary>What arrived at a facility within one hour: the figures of Home and its charts.</summary>
public sealed class ArrivalHour : ITenantOwned
{
    public Guid FacilityId { get; set; }

    /// <summary>The beginning of the hour.</summary>
    public DateTime HourUtc { get; set; }

    /// <summary>Studies whose first image arrived in this hour.</summary>
    public int Studies { get; set; }

    /// <summary>Images received, repeated ones included.</summary>
    public int Images { get; set; }

    public long Bytes { get; set; }
}
