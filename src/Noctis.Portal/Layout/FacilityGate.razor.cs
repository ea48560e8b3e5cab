using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Noctis.Archive.Facilities;
using Noctis.Portal.Accounts;
using Noctis.Portal.Hosting;

namespace Noctis.Portal.Layout;

/// <summary>
/// Opens the facility that the address names before anything of the page exists, and keeps asking while the page is open:
/// who loses the membership sees the page go within half a minute. A facility that may not be opened is not found.
/// </summary>
public sealed partial class FacilityGate(FacilityAccess access, FacilityQueries facilities, NavigationManager navigation, TimeProvider time)
    : ComponentBase, IDisposable
{
    private ITimer? _timer;
    private GateState _state;
    private CurrentFacility? _facility;

    [Parameter, EditorRequired]
    public Microsoft.AspNetCore.Components.RouteData Route { get; set; } = default!;

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (RouteFacility is not { } facilityId)
        {
            _facility = null;
            _state = GateState.Open;
            return;
        }

        // Another facility's page must not stay while this one is opened.
        if (_facility?.Id != facilityId)
            _state = GateState.Waiting;
        await OpenAsync(facilityId);
        _timer ??= RendererInfo.IsInteractive
            ? time.CreateTimer(_ => _ = InvokeAsync(RecheckAsync), null, PortalServices.RevalidationInterval, PortalServices.RevalidationInterval)
            : null;
    }

    private Guid? RouteFacility => Route.RouteValues.TryGetValue(CurrentFacility.RouteParameter, out var value) && value is Guid id ? id : null;

    private async Task OpenAsync(Guid facilityId)
    {
        var state = Authentication is null ? null : await Authentication;
        if (SignedInUser.From(state?.User) is not { } user)
        {
            // AuthorizeRouteView sends them to sign in; nothing of the facility is known to the page.
            _facility = null;
            _state = GateState.Open;
            return;
        }

        var opened = await access.OpenAsync(user.Id, facilityId);
        if (opened.TryGetValue(out var scope) && (await facilities.GetAsync(scope)).TryGetValue(out var found))
        {
            var facility = new CurrentFacility(scope, found.Name, found.AETitle, found.Port, found.State);
            // Unchanged, it stays the same instance, so that pages do not load again.
            if (facility != _facility)
                _facility = facility;
            _state = GateState.Open;
            return;
        }

        _facility = null;
        _state = GateState.NotFound;
        if (!RendererInfo.IsInteractive)
            navigation.NotFound();
    }

    private async Task RecheckAsync()
    {
        if (RouteFacility is not { } facilityId)
            return;
        var (facility, state) = (_facility, _state);
        await OpenAsync(facilityId);
        if (facility != _facility || state != _state)
            StateHasChanged();
    }

    public void Dispose() => _timer?.Dispose();

    private enum GateState
    {
        Waiting,
        Open,
        NotFound,
    }
}
