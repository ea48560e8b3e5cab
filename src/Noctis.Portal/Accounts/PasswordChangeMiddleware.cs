namespace Noctis.Portal.Accounts;

internal static class PasswordChangeMiddleware
{
    /// <summary>Who signed in with a password that somebody else chose gets no further than to changing it.</summary>
    public static IApplicationBuilder UsePasswordChange(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (!context.User.HasClaim(claim => claim.Type == SignedInUser.MustChangePasswordClaim)
            // Files, health and what strangers see hold nothing to keep from them, and the page itself must be reached.
            || context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null
            || context.Request.Path.Equals(AccountPaths.ChangePassword, StringComparison.OrdinalIgnoreCase))
            return next(context);

        context.Response.Redirect(AccountPaths.ChangePassword);
        return Task.CompletedTask;
    });
}
