namespace Noctis.Archive.Accounts;

/// <summary>Roles in the whole installation, kept by ASP.NET Core Identity; roles in a facility are <see cref="FacilityRole"/>.</summary>
public static class Roles
{
    /// <summary>Creates and watches facilities and accounts; sees every facility.</summary>
    public const string Administrator = "Administrator";
}
