namespace Noctis.Archive.Quarantine;

/// <summary>
/// What a facility has in quarantine: one row, kept in the transactions of the objects, and their lock. Not part of FacilityUsage, whose row
/// the index writes with every batch: unknown devices must not make known ones wait for it.
/// </summary>
public sealed class QuarantineUsage : ITenantOwned
{
    public Guid FacilityId { get; set; }

    public long Instances { get; set; }

    public long Bytes { get; set; }
}
