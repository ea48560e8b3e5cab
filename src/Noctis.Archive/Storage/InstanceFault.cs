namespace Noctis.Archive.Storage;

/// <summary>
/// What is wrong with the file of an object, as a job found it. A good copy that is received later makes it good, and the row goes. One of an
/// object in quarantine goes with the object.
/// </summary>
public sealed class InstanceFault : ITenantOwned
{
    /// <summary>The <see cref="StudyId"/> of what is in quarantine, of which no study knows.</summary>
    public const long NoStudy = 0;

    /// <summary>The object, in the archive or in quarantine; one fault an object.</summary>
    public long InstanceId { get; set; }

    public Guid FacilityId { get; set; }

    public long StudyId { get; set; }

    public FaultKind Kind { get; set; }

    /// <summary>The file that was looked at, below the facility's folder.</summary>
    public string StoragePath { get; set; } = "";

    public DateTime FoundUtc { get; set; }
}
