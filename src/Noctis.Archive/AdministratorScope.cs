namespace Noctis.Archive;

/// <summary>
/// The right to work on the whole installation: to create, change and delete facilities and accounts.
/// Made by <see cref="Facilities.FacilityAccess.OpenAdministrationAsync"/> for a person, <see cref="ForSystem"/> for the server itself.
/// </summary>
public sealed record AdministratorScope
{
    private AdministratorScope(ActorKind actorKind, string actorId, string actorName)
    {
        ActorKind = actorKind;
        ActorId = actorId;
        ActorName = actorName;
    }

    public ActorKind ActorKind { get; }

    public string ActorId { get; }

    public string ActorName { get; }

    /// <summary>For work that the server does by itself, such as the first set-up or resuming a deletion.</summary>
    public static AdministratorScope ForSystem(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new AdministratorScope(ActorKind.Job, reason, reason);
    }

    /// <summary>For <see cref="Facilities.FacilityAccess"/> alone, which has checked the role.</summary>
    internal static AdministratorScope ForUser(Guid userId, string userName) => new(ActorKind.User, userId.ToString(), userName);
}
