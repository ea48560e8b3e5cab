using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Noctis.Archive.Accounts;

namespace Noctis.Portal.Accounts;

/// <summary>Keeps disabled accounts out, at the door and of sessions that are open already.</summary>
internal sealed class NoctisSignInManager(
    UserManager<NoctisUser> users,
    IHttpContextAccessor accessor,
    IUserClaimsPrincipalFactory<NoctisUser> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<NoctisUser>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<NoctisUser> confirmation)
    : SignInManager<NoctisUser>(users, accessor, claims, options, logger, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(NoctisUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return !user.IsDisabled && await base.CanSignInAsync(user);
    }

    public override async Task<NoctisUser?> ValidateSecurityStampAsync(ClaimsPrincipal? principal) =>
        await base.ValidateSecurityStampAsync(principal) is { IsDisabled: false } user ? user : null;
}
