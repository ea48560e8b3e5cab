using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Studies;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Accounts;
using Noctis.Portal.Attention;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Home;

/// <summary>The whole installation at a glance, for administrators.</summary>
public sealed partial class OverviewPage(
    OverviewQueries queries, SignedInScopes scopes, IListenerStatusSource listeners, FacilityChanges changes, InstallationAttention attention, Intake intake)
    : LivePage
{
    private const int MostRows = 10;

    /// <summary>The chart adds up every facility's hours, so it follows more slowly than the figures.</summary>
    private static readonly TimeSpan ChartPause = TimeSpan.FromMinutes(1);

    /// <summary>Other servers, jobs and the clock make news of which this page is not told.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(10);

    private OverviewFigures? _figures;
    private IReadOnlyList<AttentionItem> _attention = [];
    private IReadOnlyList<ArrivalPoint> _points = [];
    private string? _pointsFor;
    private DateTime _pointsUtc;
    private Error? _error;

    [CascadingParameter]
    public Viewer? Viewer { get; set; }

    /// <summary>Which chart is shown; see <see cref="ArrivalsCard.Month"/>.</summary>
    [SupplyParameterFromQuery(Name = "chart")]
    public string? Chart { get; set; }

    private List<Facility> Active => [.. (_figures?.Facilities ?? []).Where(facility => facility.State == FacilityState.Active)];

    private List<Facility> Failed => [.. Active.Where(facility => listeners.Get(facility.Id) is { State: ListenerState.Failed } or { IsFailing: true })];

    /// <summary>Those that take no image: the listener fails, or the quota is used up.</summary>
    private List<Facility> Silent => [.. Active.Where(facility => Failed.Contains(facility) || _attention.Any(item => item.StopsImages && item.FacilityId == facility.Id))];

    private IReadOnlyList<AttentionItem> Attention => [.. intake.Find(isAdministrator: true, _figures?.SomeCleanUp == true), .. _attention];

    /// <summary>What fails first, then whoever received something last.</summary>
    private List<Facility> Rows =>
        [.. (_figures?.Facilities ?? [])
            .OrderByDescending(facility => Failed.Contains(facility))
            .ThenByDescending(facility => _figures!.Totals.GetValueOrDefault(facility.Id)?.LastReceivedUtc ?? DateTime.MinValue)
            .Take(MostRows)];

    private string ListeningText
    {
        get
        {
            var listening = Active.Count(facility => listeners.Get(facility.Id).State == ListenerState.Running);
            return Active.Count == 0 ? "None is active" : $"{SizeText.Count(listening)} of {SizeText.Count(Active.Count)} active listening";
        }
    }

    private string OpenText
    {
        get
        {
            var open = Active.Sum(facility => listeners.Get(facility.Id).ActiveAssociations);
            return open == 0 ? "No association open" : $"{SizeText.Count(open, "association")} open";
        }
    }

    private string? Verdict => _figures switch
    {
        null => null,
        { Facilities.Count: 0 } => "There is no facility yet.",
        { SomeCleanUp: var cleansUp } when intake.FaultOf(cleansUp) is { } fault => fault.Verdict,
        _ when Silent is { Count: > 0 } silent => silent.Count == 1 ? $"{silent[0].Name} does not receive." : $"{SizeText.Count(silent.Count)} facilities do not receive.",
        _ when Active.Count == 0 => "No facility is active.",
        _ when _attention.Count(item => item.Kind == StatusKind.Bad) is > 0 and var bad => bad == 1 ? "Receiving, but one thing needs you." : $"Receiving, but {SizeText.Count(bad)} things need you.",
        _ => "Everything is receiving.",
    };

    protected override async Task OnParametersSetAsync()
    {
        if (_figures is null || Chart != _pointsFor)
            await LoadAsync();
    }

    protected override TimeSpan ReloadPause => TimeSpan.FromSeconds(2);

    protected override void Follow()
    {
        Until(changes.Subscribe(_ => RequestReload()));
        listeners.Changed += OnListenerChanged;
        Until(() => listeners.Changed -= OnListenerChanged);
        Until(Time.CreateTimer(_ => RequestReload(), null, Tick, Tick));
    }

    private void OnListenerChanged(Door door) => RequestReload();

    // While the database is away the page stays as it was, and says so; the next tick tries again.
    protected override async Task ReloadAsync()
    {
        try
        {
            await LoadAsync();
        }
        catch (Exception exception) when (_figures is not null && DatabaseFaults.IsUnavailable(exception))
        {
            // The verdict is the supervisor's, who asks each second.
        }
    }

    protected override async Task LoadAsync()
    {
        var administrator = await scopes.AdministratorAsync();
        _error = administrator.Error;
        if (!administrator.TryGetValue(out var scope))
            return;
        var now = Time.GetUtcNow().UtcDateTime;
        if (Chart != _pointsFor || now - _pointsUtc > ChartPause)
        {
            (_pointsFor, _pointsUtc) = (Chart, now);
            _points = await queries.ReadArrivalsAsync(scope, Chart == ArrivalsCard.Month, Closed);
        }

        _attention = await attention.FindAsync(scope, Closed);
        _figures = await queries.ReadAsync(scope, (Viewer ?? Viewer.Unknown).StartOfDayUtc(now), Closed);
    }
}
