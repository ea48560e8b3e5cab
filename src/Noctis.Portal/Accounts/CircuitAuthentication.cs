using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Noctis.Archive.Accounts;
using Noctis.Archive.Database;
using Noctis.Portal.Hosting;

namespace Noctis.Portal.Accounts;

/// <summary>
/// An open page is a connection that no cookie is checked on again, so the account is: a disabled person, or one whose
/// password or role was changed, is signed out of open pages as well.
/// </summary>
internal sealed class CircuitAuthentication(ILoggerFactory loggers, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => PortalServices.RevalidationInterval;

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        IsStillGoodAsync(authenticationState.User);

    /// <summary>Whether the account is as it was when its owner signed in, as far as can be told.</summary>
    internal async Task<bool> IsStillGoodAsync(ClaimsPrincipal person)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<NoctisUser>>();
            return await users.GetUserAsync(person) is { IsDisabled: false } user
                && person.FindFirstValue(users.Options.ClaimsIdentity.SecurityStampClaimType) == await users.GetSecurityStampAsync(user);
        }
        catch (ObjectDisposedException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The server is on its way out, and the page with it.
            return true;
        }
        catch (Exception exception) when (DatabaseFaults.IsUnavailable(exception))
        {
            // Asked again when it is back; until then the page can neither read nor change anything.
            return true;
        }
    }
}
