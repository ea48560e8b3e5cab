namespace Noctis.Archive.Storage;

/// <summary>What is wrong with the file of an object, as a job found it. A good copy that is received later makes it good, and the row goes.</summary>
public sealed class InstanceFault : ITenantOwned
{
    /// <summary>The object; one fault an object.</summary>
    public long InstanceId { get; set; }

    public Guid FacilityId { get; set; }

    public long StudyId { get; set; }

    public FaultKind Kind { get; set; }

    /// <summary>The file that was looked at, below the facility's folder.</summary>
    public string StoragePath { get; set; } = "";

    public DateTime FoundUtc { get; set; }
}
