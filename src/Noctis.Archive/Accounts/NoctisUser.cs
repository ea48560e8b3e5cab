using Microsoft.AspNetCore.Identity;

namespace Noctis.Archive.Accounts;

/// <summary>A person who signs in. Belongs to no facility; memberships say where they may work.</summary>
public sealed class NoctisUser : IdentityUser<Guid>
{
    public NoctisUser() => Id = Guid.CreateVersion7();

    public string DisplayName { get; set; } = "";

    /// <summary>A disabled account keeps its history, and cannot sign in or open a facility.</summary>
    public bool IsDisabled { get; set; }

    /// <summary>The password was set by somebody else: it has to be changed at the next sign-in.</summary>
    public bool MustChangePassword { get; set; }

    public DateTime CreatedUtc { get; set; }

    public DateTime? LastSignInUtc { get; set; }
}
