using Microsoft.AspNetCore.Antiforgery;
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
            // The middleware has looked at the token; to act upon it is left to handlers that read no form.
            if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true })
                return Results.BadRequest();
            if (SignedInUser.From(context.User) is { } user)
                await audit.WriteAsync(new AuditActor(ActorKind.User, user.Id.ToString(), user.UserName), AuditAction.SignedOut, null, user.Id.ToString());
            await signIn.SignOutAsync();
            return Results.LocalRedirect(AccountPaths.SignIn);
        })
        .WithMetadata(new RequireAntiforgeryTokenAttribute())
        .AllowAnonymous();
}
