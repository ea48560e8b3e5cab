namespace Noctis.Archive.Auditing;

/// <summary>
/// Who did what to which facility, account, device or study, and when. Holds ids and the names of facilities, accounts and devices,
/// never patient data. Not tenant owned: it outlives the facility it is about, and is read through AuditTrail alone.
/// </summary>
public sealed class AuditEntry
{
    public long Id { get; init; }

    public DateTime TimeUtc { get; init; }

    public ActorKind ActorKind { get; init; }

    public required string ActorId { get; init; }

    public required string ActorName { get; init; }

    /// <summary>Subject and verb, as in "facility.create"; see <see cref="AuditAction"/>.</summary>
    public required string Action { get; init; }

    /// <summary>The facility it happened in, if any; no foreign key, because the entry stays when the facility goes.</summary>
    public Guid? AboutFacilityId { get; init; }

    /// <summary>The id of what was acted upon.</summary>
    public string? SubjectId { get; init; }

    /// <summary>What was acted upon or changed, in words.</summary>
    public string? Detail { get; init; }
}
