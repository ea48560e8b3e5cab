using Microsoft.AspNetCore.Identity;
using Noctis.Archive.Accounts;

namespace Noctis.Portal.Accounts;

internal static class AccountEndpoints
{
    /// <summary>What is no page: signing out is a form's POST, so that a link elsewhere cannot do it.</summary>
    public static void MapAccountEndpoints(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(AccountPaths.SignOut, async (SignInManager<NoctisUser> signIn) =>
        {
            await signIn.SignOutAsync();
            return Results.LocalRedirect(AccountPaths.SignIn);
        })
        // A form endpoint by its antiforgery check, which a handler without form parameters does not get by itself.
        .WithMetadata(new Microsoft.AspNetCore.Antiforgery.RequireAntiforgeryTokenAttribute())
        .AllowAnonymous();
}
