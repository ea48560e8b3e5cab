using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive;
using Noctis.Archive.Accounts;
using Noctis.Archive.Facilities;
using Noctis.Portal.Hosting;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Tests.Layout;

/// <summary>An open page, on the archive of a real portal.</summary>
public sealed class FacilityGateTests : BunitContext, IClassFixture<SetUpPortal>
{
    private readonly SetUpPortal _portal;
    private readonly BunitAuthorizationContext _authorization;
    private readonly ManualTimers _time = new();
    private readonly List<(object Page, string? Facility)> _seen = [];

    public FacilityGateTests(SetUpPortal portal)
    {
        _portal = portal;
        _authorization = AddAuthorization();
        Services.AddSingleton(portal.Services.GetRequiredService<FacilityAccess>());
        Services.AddSingleton(portal.Services.GetRequiredService<FacilityQueries>());
        Services.AddSingleton<TimeProvider>(_time);
        Services.AddSingleton(_seen);
        ComponentFactories.AddStub<LayoutView>("not found");
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    [Fact]
    public async Task Page_MembershipRemovedWhileOpen_GoesAtTheNextCheck()
    {
        var userId = await _portal.AddPersonAsync("removed@example.org");
        var teams = _portal.Services.GetRequiredService<TeamCommands>();
        var job = FacilityScope.ForJob(_portal.A.Id, "test");
        await teams.InviteAsync(job, new NewAccount("removed@example.org", "", ""), FacilityRole.Staff);
        var gate = Open(userId, _portal.A.Id);
        gate.WaitForAssertion(() => Assert.Equal("Hospital A", gate.Markup));

        await teams.RemoveAsync(job, userId);
        Assert.Equal(PortalServices.RevalidationInterval, _time.Period);
        _time.Fire();

        gate.WaitForAssertion(() => Assert.Equal("not found", gate.Markup));
    }

    [Fact]
    public async Task Page_SwitchToAForeignFacility_ShowsNothingOfEither()
    {
        var userId = await _portal.AddPersonAsync("switcher@example.org");
        await _portal.Services.GetRequiredService<TeamCommands>()
            .InviteAsync(FacilityScope.ForJob(_portal.A.Id, "test"), new NewAccount("switcher@example.org", "", ""), FacilityRole.Staff);
        var gate = Open(userId, _portal.A.Id);
        gate.WaitForAssertion(() => Assert.Equal("Hospital A", gate.Markup));

        gate.Render(parameters => parameters.Add(p => p.Route, RouteTo(_portal.B.Id)));

        gate.WaitForAssertion(() => Assert.Equal("not found", gate.Markup));
    }

    [Fact]
    public async Task Page_FacilityIsLeft_IsNeverShownWithoutIt()
    {
        var userId = await _portal.AddPersonAsync("leaver@example.org");
        await _portal.Services.GetRequiredService<TeamCommands>()
            .InviteAsync(FacilityScope.ForJob(_portal.A.Id, "test"), new NewAccount("leaver@example.org", "", ""), FacilityRole.Staff);
        SignIn(userId);
        var gate = Render<FacilityGate>(parameters => parameters.Add(p => p.Route, RouteTo(_portal.A.Id)).AddChildContent<Witness>());
        gate.WaitForAssertion(() => Assert.NotEmpty(_seen));

        // The router keeps the old page's content until the new page has been authorized.
        gate.Render(parameters => parameters.Add(p => p.Route, new RouteData(typeof(Witness), new Dictionary<string, object?>())));

        gate.WaitForAssertion(() => Assert.Contains(_seen, seen => seen.Facility is null));
        Assert.All(_seen.GroupBy(seen => seen.Page), page => Assert.Single(page.Select(seen => seen.Facility).Distinct()));
    }

    private IRenderedComponent<FacilityGate> Open(Guid userId, Guid facilityId)
    {
        SignIn(userId);
        return Render<FacilityGate>(parameters => parameters.Add(p => p.Route, RouteTo(facilityId)).AddChildContent<NameOfFacility>());
    }

    private void SignIn(Guid userId)
    {
        _authorization.SetAuthorized("somebody");
        _authorization.SetClaims(new Claim(ClaimTypes.NameIdentifier, userId.ToString()));
    }

    private static RouteData RouteTo(Guid facilityId) =>
        new(typeof(NameOfFacility), new Dictionary<string, object?> { [CurrentFacility.RouteParameter] = facilityId });

    /// <summary>Notes each facility that it is given.</summary>
    private sealed class Witness : ComponentBase
    {
        [Inject]
        private List<(object Page, string? Facility)> Seen { get; set; } = default!;

        [CascadingParameter]
        private CurrentFacility? Facility { get; set; }

        protected override void OnParametersSet() => Seen.Add((this, Facility?.Name));
    }

    private sealed class NameOfFacility : ComponentBase
    {
        [CascadingParameter]
        private CurrentFacility? Facility { get; set; }

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) =>
            builder.AddContent(0, Facility?.Name);
    }

    /// <summary>Time whose timers a test sets off.</summary>
    private sealed class ManualTimers : TimeProvider
    {
        private Action? _fire;

        public TimeSpan Period { get; private set; }

        public void Fire() => _fire!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Period = period;
            _fire = () => callback(state);
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
