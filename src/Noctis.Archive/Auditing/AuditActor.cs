namespace Noctis.Archive.Auditing;

/// <summary>Who did it, taken from a scope.</summary>
public readonly record struct AuditActor(ActorKind Kind, string Id, string Name)
{
    public static AuditActor Of(FacilityScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return new AuditActor(scope.ActorKind, scope.ActorId, scope.ActorName);
    }

    public static AuditActor Of(AdministratorScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return new AuditActor(scope.ActorKind, scope.ActorId, scope.ActorName);
    }

    /// <summary>Somebody who is not signed in, or not yet: the name is what was typed.</summary>
    public static AuditActor Unknown(string name) => new(ActorKind.User, "", name);
}
