using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Noctis.Archive.Facilities;
using Noctis.Portal.Accounts;

namespace Noctis.Portal.Layout;

/// <summary>Rail, top bar, page. Everything in it works without a circuit too: menus are details elements, the search is a form.</summary>
public sealed partial class MainLayout(NavigationManager navigation, NavigationMap map, FacilityAccess access) : IDisposable
{
    private SignedInUser? _user;
    private IReadOnlyList<OpenFacility> _facilities = [];
    private List<NavigationLink> _links = [];
    private string _path = "/";
    private CurrentFacility? _listedFor;

    [CascadingParameter]
    private CurrentFacility? Facility { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    protected override void OnInitialized()
    {
        navigation.LocationChanged += OnLocationChanged;
        // Before the first render: the path is the page's key, and a page whose key changes is made anew.
        Refresh();
    }

    protected override async Task OnParametersSetAsync()
    {
        var user = SignedInUser.From(Authentication is null ? null : (await Authentication).User);
        // The list is read when the person or the facility changes, not at every navigation.
        if (user is null)
            _facilities = [];
        else if (user != _user || Facility != _listedFor || _facilities.Count == 0)
            _facilities = await access.ListAsync(user.Id);

        _user = user;
        _listedFor = Facility;
        Refresh();
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        Refresh();
        _ = InvokeAsync(StateHasChanged);
    }

    private void Refresh()
    {
        _path = new Uri(navigation.Uri).AbsolutePath.TrimEnd('/') is { Length: > 0 } path ? path : "/";
        _links = [.. map.For(Facility, _user?.IsAdministrator == true)];
    }

    public void Dispose() => navigation.LocationChanged -= OnLocationChanged;
}
