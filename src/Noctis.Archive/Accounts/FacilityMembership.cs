namespace Noctis.Archive.Accounts;

/// <summary>
/// A person's role in a facility. Owned by the facility like any of its rows; only FacilityAccess, which decides who may open what,
/// reads memberships across facilities.
/// </summary>
public sealed class FacilityMembership : ITenantOwned
{
    public Guid FacilityId { get; init; }

    public Guid UserId { get; init; }

    public FacilityRole Role { get; set; }

    public DateTime CreatedUtc { get; init; }
}
