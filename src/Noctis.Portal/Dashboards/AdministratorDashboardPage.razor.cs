using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Journal;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Accounts;
using Noctis.Portal.Components;
using Noctis.Portal.Journal;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Dashboards;

/// <summary>The traffic of all facilities, for administrators, and which of them stand out. What is looked at is in the address.</summary>
public sealed partial class AdministratorDashboardPage(
    DashboardQueries queries, TrafficFeed feed, SignedInScopes scopes, IListenerStatusSource listeners, TimeProvider time)
    : LivePage
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    private readonly LiveRate _rate = new(time);
    private IReadOnlyList<RankedFacility> _facilities = [];
    private DashboardCharts? _charts;
    private Error? _error;
    private string? _shown;
    private int _open;
    private bool _isFed;

    [CascadingParameter]
    public Viewer? Viewer { get; set; }

    /// <summary>A <see cref="DashboardRange.Key"/>.</summary>
    [SupplyParameterFromQuery(Name = "range")]
    public string? RangeKey { get; set; }

    /// <summary>See <see cref="DashboardRanges.Table"/>.</summary>
    [SupplyParameterFromQuery(Name = "view")]
    public string? ViewName { get; set; }

    /// <summary>A <see cref="FacilityRanking"/> in small letters.</summary>
    [SupplyParameterFromQuery(Name = "by")]
    public string? By { get; set; }

    private static ActivityListState Refused { get; } = new() { Outcome = JournalOutcome.Refused };

    private static ActivityListState Trouble { get; } = new() { IsTrouble = true };

    private DashboardRange Wanted => DashboardRange.Find(RangeKey);

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Wanted.Key)
            return;
        _shown = Wanted.Key;
        RestartReload();
        await LoadAsync();
        if (!_isFed && RendererInfo.IsInteractive && (await scopes.AdministratorAsync()).TryGetValue(out var scope))
        {
            _isFed = true;
            Until(feed.Subscribe(scope, RequestReload));
        }
    }

    protected override TimeSpan ReloadPause => Wanted.ForAll.Pause;

    protected override void Follow() => Until(Time.CreateTimer(_ => _ = InvokeAsync(OnTick), null, Tick, Tick));

    // A thousand listeners change a thousand times a second: this page looks at them by itself, all together.
    private void OnTick()
    {
        var open = _open;
        if (Count() || open != _open)
            StateHasChanged();
    }

    /// <returns>Whether the rates changed.</returns>
    private bool Count()
    {
        var states = _facilities.Select(facility => listeners.Get(facility.Id)).ToList();
        _open = states.Sum(state => state.ActiveAssociations);
        return _rate.Add(states);
    }

    protected override async Task LoadAsync()
    {
        var administrator = await scopes.AdministratorAsync();
        _error = administrator.Error;
        if (!administrator.TryGetValue(out var scope))
            return;
        var (range, viewer, now) = (Wanted.ForAll, Viewer ?? Viewer.Unknown, Time.GetUtcNow().UtcDateTime);
        var start = range.StartUtc(viewer, now);
        var points = await queries.ReadAsync(scope, range, start, now, Closed);
        _facilities = await queries.RankAsync(scope, range, start, Closed);
        _charts = DashboardCharts.Create(range, points, viewer, now);
        Count();
    }

    private string RowsHref(ActivityListState wanted) => _charts!.RowsHref("/admin/activity", wanted);
}
