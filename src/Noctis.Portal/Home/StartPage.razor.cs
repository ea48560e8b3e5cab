using Microsoft.AspNetCore.Components;
using Noctis.Archive.Facilities;
using Noctis.Portal.Accounts;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Home;

/// <summary>
/// Where everybody arrives: an administrator goes on to the overview, whoever works in one facility to its home, and others choose.
/// </summary>
public sealed partial class StartPage(FacilityAccess access, SignedInScopes scopes, NavigationManager navigation)
{
    private SignedInUser? _user;
    private IReadOnlyList<OpenFacility>? _facilities;

    protected override async Task OnInitializedAsync()
    {
        _user = await scopes.UserAsync();
        if (_user is null)
            return;
        if (_user.IsAdministrator)
        {
            navigation.NavigateTo("/admin", replace: true);
            return;
        }

        var facilities = await access.ListAsync(_user.Id);
        if (facilities is [var only])
            navigation.NavigateTo(CurrentFacility.PathOf(only.Id), replace: true);
        else
            _facilities = facilities;
    }
}
