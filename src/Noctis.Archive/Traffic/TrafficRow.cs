namespace Noctis.Archive.Traffic;

/// <summary>What went through a facility's front door in a stretch of time. Nodes add to the same row.</summary>
public abstract class TrafficRow : ITenantOwned
{
    public Guid FacilityId { get; init; }

    /// <summary>The beginning of the stretch.</summary>
    public DateTime StartUtc { get; init; }

    /// <summary>Associations that were accepted.</summary>
    public int Associations { get; set; }

    /// <summary>Associations and operations that were turned away.</summary>
    public int Refusals { get; set; }

    /// <summary>Objects stored; what was set apart in quarantine is not among them.</summary>
    public int Images { get; set; }

    /// <summary>Bytes of the objects stored.</summary>
    public long Bytes { get; set; }

    /// <summary>From the request to the answer, over all objects stored: divided by <see cref="Images"/> it is the time an image takes.</summary>
    public long StoreMs { get; set; }

    /// <summary>The most associations at a time on one node.</summary>
    public int PeakAssociations { get; set; }

    /// <summary>Associations that were aborted or lost, and operations that failed on our side.</summary>
    public int Errors { get; set; }
}
