using Noctis.Archive.Accounts;

namespace Noctis.Archive;

/// <summary>
/// The right to work on one facility's data, and on whose behalf. Every query and command on tenant data takes one, and there
/// are three ways to get it: <see cref="Facilities.FacilityAccess.OpenAsync"/> for a person, <see cref="ForListener"/> for a
/// DICOM listener, <see cref="ForJob"/> for background work. It never comes from a request's input.
/// </summary>
public sealed record FacilityScope
{
    // The properties have no init accessor, so that `with` cannot turn one facility's scope into another's.
    private FacilityScope(Guid facilityId, ActorKind actorKind, string actorId, string actorName, FacilityRole? role, bool isAdministrator)
    {
        if (facilityId == Guid.Empty)
            throw new ArgumentException("A scope needs a facility.", nameof(facilityId));
        FacilityId = facilityId;
        ActorKind = actorKind;
        ActorId = actorId;
        ActorName = actorName;
        Role = role;
        IsAdministrator = isAdministrator;
    }

    public Guid FacilityId { get; }

    public ActorKind ActorKind { get; }

    /// <summary>The user's id, or the name of the listener or job.</summary>
    public string ActorId { get; }

    public string ActorName { get; }

    /// <summary>The user's role in this facility; null for administrators without a membership, listeners and jobs.</summary>
    public FacilityRole? Role { get; }

    public bool IsAdministrator { get; }

    /// <summary>May change the facility's devices, settings and team.</summary>
    public bool MayManage => IsAdministrator || Role == FacilityRole.Manager || ActorKind == ActorKind.Job;

    public static FacilityScope ForListener(Guid facilityId) =>
        new(facilityId, ActorKind.Listener, "listener", "DICOM listener", null, false);

    public static FacilityScope ForJob(Guid facilityId, string job)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(job);
        return new FacilityScope(facilityId, ActorKind.Job, job, job, null, false);
    }

    /// <summary>For <see cref="Facilities.FacilityAccess"/> alone, which has checked the membership.</summary>
    internal static FacilityScope ForUser(Guid facilityId, Guid userId, string userName, FacilityRole? role, bool isAdministrator) =>
        new(facilityId, ActorKind.User, userId.ToString(), userName, role, isAdministrator);
}
