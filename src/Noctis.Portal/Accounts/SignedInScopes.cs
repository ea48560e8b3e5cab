using Microsoft.AspNetCore.Components.Authorization;
using Noctis.Archive;
using Noctis.Archive.Facilities;

namespace Noctis.Portal.Accounts;

/// <summary>Opens scopes for whoever is signed in, at the moment of the work: a page may have been open since before a role was lost.</summary>
public sealed class SignedInScopes(AuthenticationStateProvider authentication, FacilityAccess access)
{
    private static readonly ForbiddenError NotSignedIn = new("You are not signed in any more. Sign in again.");

    public async Task<SignedInUser?> UserAsync() => SignedInUser.From((await authentication.GetAuthenticationStateAsync()).User);

    public async Task<Result<AdministratorScope>> AdministratorAsync() =>
        await UserAsync() is { } user ? await access.OpenAdministrationAsync(user.Id) : NotSignedIn;

    public async Task<Result<FacilityScope>> FacilityAsync(Guid facilityId) =>
        await UserAsync() is { } user ? await access.OpenAsync(user.Id, facilityId) : NotSignedIn;
}
