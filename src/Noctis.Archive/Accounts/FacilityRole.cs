namespace Noctis.Archive.Accounts;

/// <summary>What a person may do in one facility.</summary>
public enum FacilityRole
{
    /// <summary>Studies, viewer, upload, download, activity.</summary>
    Staff = 1,

    /// <summary>Everything staff may, and devices, settings and the team.</summary>
    Manager = 2,
}
