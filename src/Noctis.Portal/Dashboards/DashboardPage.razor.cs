using Microsoft.AspNetCore.Components;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Dashboards;

/// <summary>A facility's traffic, now and over time. How far back and whether as charts or as a table are in the address.</summary>
public sealed partial class DashboardPage(DashboardQueries queries, TrafficFeed feed, IListenerStatusSource listeners, NavigationMap map, TimeProvider time) : ComponentBase, IDisposable
{
    /// <summary>Between two looks at the counters, which rates are made of.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _closed = new();
    private readonly LiveRate _rate = new(time);
    private DashboardCharts? _charts;
    private (Guid Facility, string Range) _shown;
    private PushedReload? _reload;
    private IDisposable? _subscription;
    private ITimer? _tick;

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

    private string? Activity(string outcome) => map.HasInFacility("activity") ? Facility.Href($"activity?outcome={outcome}") : null;

    protected override async Task OnParametersSetAsync()
    {
        var asked = (Facility.Id, Wanted.Key);
        if (_shown == asked)
            return;
        _shown = asked;
        _rate.Add([Listener]);
        await LoadAsync();
        if (RendererInfo.IsInteractive)
            Follow();
    }

    // With each range another pace: a chart of months is not read again each second.
    private void Follow()
    {
        _subscription?.Dispose();
        _reload?.Dispose();
        _reload = new PushedReload(time, Wanted.Pause, () => InvokeAsync(ReloadAsync));
        _subscription = feed.Subscribe(Facility.Scope, _reload.Request);
        _tick ??= time.CreateTimer(_ => _ = InvokeAsync(OnTick), null, Tick, Tick);
        listeners.Changed -= OnListenerChanged;
        listeners.Changed += OnListenerChanged;
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

    private async Task LoadAsync()
    {
        var (range, now) = (Wanted, time.GetUtcNow().UtcDateTime);
        var viewer = Viewer ?? Viewer.Unknown;
        var points = await queries.ReadAsync(Facility.Scope, range, range.StartUtc(viewer, now), now, _closed.Token);
        _charts = DashboardCharts.Create(range, points, viewer, now);
    }

    private async Task ReloadAsync()
    {
        try
        {
            await LoadAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    public void Dispose()
    {
        _closed.Cancel();
        listeners.Changed -= OnListenerChanged;
        _subscription?.Dispose();
        _tick?.Dispose();
        _reload?.Dispose();
        _closed.Dispose();
    }
}
