using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Noctis.Archive.Accounts;

namespace Noctis.Portal.Accounts;

/// <summary>Adds the name that people are greeted by, and whether their password is still to be changed. Memberships are not claims: they are read each time, so that a removal counts at once.</summary>
internal sealed class NoctisClaimsFactory(UserManager<NoctisUser> users, RoleManager<IdentityRole<Guid>> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<NoctisUser, IdentityRole<Guid>>(users, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(NoctisUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(SignedInUser.DisplayNameClaim, user.DisplayName));
        if (user.MustChangePassword)
            identity.AddClaim(new Claim(SignedInUser.MustChangePasswordClaim, "true"));
        return identity;
    }
}
