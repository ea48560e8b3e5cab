using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;

namespace Noctis.Portal.Tests.Facilities;

/// <summary>Whoever the test says is signed in.</summary>
internal sealed class FixedAuthentication : AuthenticationStateProvider
{
    public ClaimsPrincipal User { get; set; } = new();

    public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(User));
}
