using Microsoft.AspNetCore.Authorization;
using Noctis.Archive.Facilities;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Accounts;

/// <summary>
/// Answers <see cref="FacilityRequirement"/> for a request, for a page shown inside a circuit, and for an open <see cref="CurrentFacility"/>.
/// The facility comes from the route; whether it may be opened comes from the database, each time.
/// </summary>
internal sealed class FacilityRequirementHandler(FacilityAccess access) : AuthorizationHandler<FacilityRequirement>
{
    public static readonly string NotOpen = "facility-not-open";

    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, FacilityRequirement requirement)
    {
        if (SignedInUser.From(context.User) is not { } user || FacilityIn(context.Resource) is not { } facilityId)
            return;

        var opened = await access.OpenAsync(user.Id, facilityId);
        if (!opened.TryGetValue(out var scope))
            context.Fail(new AuthorizationFailureReason(this, NotOpen));
        else if (!requirement.MustManage || scope.MayManage)
            context.Succeed(requirement);
    }

    private static Guid? FacilityIn(object? resource)
    {
        var value = resource switch
        {
            HttpContext request => request.Request.RouteValues.GetValueOrDefault(CurrentFacility.RouteParameter),
            Microsoft.AspNetCore.Components.RouteData route => route.RouteValues.GetValueOrDefault(CurrentFacility.RouteParameter),
            CurrentFacility facility => facility.Id,
            _ => null,
        };
        return value switch
        {
            Guid id => id,
            string text when Guid.TryParse(text, out var id) => id,
            _ => null,
        };
    }
}
