namespace Noctis.Archive.Retention;

/// <summary>A deleted study that can be restored until its days are over. Its rows and files stay as they are; pages, queries and senders do not see them.</summary>
public sealed class TrashedStudy : ITenantOwned
{
    internal const int ReasonLength = 200;

    /// <summary>What stands in <see cref="Studies.Study.TrashId"/> of the study.</summary>
    public long Id { get; set; }

    public Guid FacilityId { get; set; }

    public long StudyId { get; set; }

    public int Series { get; set; }

    public int Instances { get; set; }

    /// <summary>Of its objects, kept older versions of them not counted.</summary>
    public long Bytes { get; set; }

    public DateTime DeletedUtc { get; set; }

    /// <summary>When it goes for good.</summary>
    public DateTime PurgeUtc { get; set; }

    public ActorKind ActorKind { get; set; }

    public string ActorId { get; set; } = "";

    public string ActorName { get; set; } = "";

    public string Reason { get; set; } = "";

    public TrashCause Cause { get; set; }

    public TrashState State { get; set; }
}
