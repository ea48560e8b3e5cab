namespace Noctis.Portal.Accounts;

/// <summary>Names of the authorization policies, for [Authorize(Policy = …)].</summary>
public static class Policies
{
    /// <summary>Administrators of the installation.</summary>
    public const string Administrator = "Administrator";

    /// <summary>Whoever may open the facility that the route's FacilityId names.</summary>
    public const string FacilityMember = "FacilityMember";

    /// <summary>Managers of the facility that the route's FacilityId names, and administrators.</summary>
    public const string FacilityManager = "FacilityManager";
}
