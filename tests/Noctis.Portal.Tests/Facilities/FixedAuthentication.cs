using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;

namespace Noctis.Portal.Tests.Facilities;

/// <summary>Whoever the test says is signed in.</summary>
internal sealed class FixedAuthentication : AuthenticationStateProvider
{
    public ClaimsPrincipal User { get; set; } = new();

    /// <summary>Asked before each answer, which it may throw instead.</summary>
    public Action Before { get; set; } = () => { };

    public override Task<AuthenticationState> GetAuthenticationStateAsync()
    {
        Before();
        return Task.FromResult(new AuthenticationState(User));
    }
}
