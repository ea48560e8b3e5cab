using Microsoft.AspNetCore.Components;
using Noctis.Archive.Journal;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Components;
using Noctis.Portal.Journal;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Dashboards;

/// <summary>A facility's traffic, now and over time. How far back and whether as charts or as a table are in the address.</summary>
public sealed partial class DashboardPage(DashboardQueries queries, TrafficFeed feed, IListenerStatusSource listeners, NavigationMap map, TimeProvider time) : LivePage
{
    /// <summary>Between two looks at the counters, which rates are made of.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    private readonly LiveRate _rate = new(time);
    private DashboardCharts? _charts;
    private (Guid Facility, string Range) _shown;

    [Parameter]
    public Guid FacilityId { get; set; }

    [CascadingParameter]
    public CurrentFacility Facility { get; set; } = default!;

    [CascadingParameter]
    public Viewer? Viewer { get; set; }

    /// <summary>A <see cref="DashboardRange.Key"/>.</summary>
    [SupplyParameterFromQuery(Name = "range")]
    public string? RangeKey { get; set; }

    /// <summary>See <see cref="DashboardRanges.Table"/>.</summary>
    [SupplyParameterFromQuery(Name = "view")]
    public string? ViewName { get; set; }

    private DashboardRange Wanted => DashboardRange.Find(RangeKey);

    private ListenerStatus Listener => listeners.Get(Facility.Id);

    private static ActivityListState Refused { get; } = new() { Outcome = JournalOutcome.Refused };

    private static ActivityListState Trouble { get; } = new() { IsTrouble = true };

    private string? RowsHref(ActivityListState wanted) => map.HasInFacility("activity") ? _charts!.RowsHref(Facility.Href("activity"), wanted) : null;

    protected override async Task OnParametersSetAsync()
    {
        var asked = (Facility.Id, Wanted.Key);
        if (_shown == asked)
            return;
        _shown = asked;
        _rate.Add([Listener]);
        RestartReload();
        await LoadAsync();
    }

    // With each range another pace: a chart of months is not read again each second.
    protected override TimeSpan ReloadPause => Wanted.Pause;

    protected override void Follow()
    {
        Until(feed.Subscribe(Facility.Scope, RequestReload));
        Until(Time.CreateTimer(_ => _ = InvokeAsync(OnTick), null, Tick, Tick));
        listeners.Changed += OnListenerChanged;
        Until(() => listeners.Changed -= OnListenerChanged);
    }

    private void OnListenerChanged(Door door)
    {
        if (door == Door.Of(FacilityId))
            _ = InvokeAsync(StateHasChanged);
    }

    private void OnTick()
    {
        if (_rate.Add([Listener]))
            StateHasChanged();
    }

    protected override async Task LoadAsync()
    {
        var (range, now) = (Wanted, Time.GetUtcNow().UtcDateTime);
        var viewer = Viewer ?? Viewer.Unknown;
        var points = await queries.ReadAsync(Facility.Scope, range, range.StartUtc(viewer, now), now, Closed);
        _charts = DashboardCharts.Create(range, points, viewer, now);
    }
}
