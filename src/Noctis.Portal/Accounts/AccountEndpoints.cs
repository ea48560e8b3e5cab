using Microsoft.AspNetCore.Identity;
using Noctis.Archive;
using Noctis.Archive.Accounts;
using Noctis.Archive.Auditing;

namespace Noctis.Portal.Accounts;

internal static class AccountEndpoints
{
    /// <summary>What is no page: signing out is a form's POST, so that a link elsewhere cannot do it.</summary>
    public static void MapAccountEndpoints(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(AccountPaths.SignOut, async (HttpContext context, SignInManager<NoctisUser> signIn, AuditTrail audit) =>
        {
            if (SignedInUser.From(context.User) is { } user)
                await audit.WriteAsync(new AuditActor(ActorKind.User, user.Id.ToString(), user.UserName), AuditAction.SignedOut, null, user.Id.ToString());
            await signIn.SignOutAsync();
            return Results.LocalRedirect(AccountPaths.SignIn);
        })
        // A form endpoint by its antiforgery check, which a handler without form parameters does not get by itself.
        .WithMetadata(new Microsoft.AspNetCore.Antiforgery.RequireAntiforgeryTokenAttribute())
        .AllowAnonymous();
}
