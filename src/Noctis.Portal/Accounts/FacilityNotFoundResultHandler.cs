using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Noctis.Portal.Accounts;

/// <summary>A facility that one may not open is answered like one that is not there: 404, not "denied".</summary>
internal sealed class FacilityNotFoundResultHandler : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _default = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        var reasons = authorizeResult.AuthorizationFailure?.FailureReasons ?? [];
        if (!authorizeResult.Forbidden || !reasons.Any(reason => reason.Message == FacilityRequirementHandler.NotOpen))
            return _default.HandleAsync(next, context, policy, authorizeResult);

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
