namespace Noctis.Archive.Storage;

/// <summary>Another content that was sent under the UID of an object, and what became of it: the earlier copy or the later one, by the policy.</summary>
public sealed class InstanceVersion : ITenantOwned
{
    public long Id { get; set; }

    public Guid FacilityId { get; set; }

    public long StudyId { get; set; }

    public long InstanceId { get; set; }

    /// <summary>When this content arrived.</summary>
    public DateTime ReceivedUtc { get; set; }

    public string SourceAETitle { get; set; } = "";

    public string SourceAddress { get; set; } = "";

    public string TransferSyntaxUID { get; set; } = "";

    /// <summary>Of the whole file, meta group included.</summary>
    public long Bytes { get; set; }

    public byte[]? ContentHash { get; set; }

    /// <summary>The file, below the facility's folder; null when this copy was not kept.</summary>
    public string? StoragePath { get; set; }

    public VersionOutcome Outcome { get; set; }
}
