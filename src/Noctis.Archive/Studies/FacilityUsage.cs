namespace Noctis.Archive.Studies;

/// <summary>What a facility has in all: one row, kept in the transaction of the images, so that no page counts a million of them.</summary>
public sealed class FacilityUsage : ITenantOwned
{
    public Guid FacilityId { get; set; }

    public long Studies { get; set; }

    public long Series { get; set; }

    public long Instances { get; set; }

    public long Bytes { get; set; }

    /// <summary>Of kept older versions; not in <see cref="Bytes"/>.</summary>
    public long VersionBytes { get; set; }

    public long TrashStudies { get; set; }

    /// <summary>Of studies in the trash, with their kept older versions; not in <see cref="Bytes"/>.</summary>
    public long TrashBytes { get; set; }

    public DateTime LastReceivedUtc { get; set; }

    public string LastSourceAETitle { get; set; } = "";
}
