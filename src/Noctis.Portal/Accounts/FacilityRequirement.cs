using Microsoft.AspNetCore.Authorization;

namespace Noctis.Portal.Accounts;

/// <summary>The signed-in person may open, or manage, the facility in the route.</summary>
internal sealed record FacilityRequirement(bool MustManage) : IAuthorizationRequirement;
