using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Gateway.Journal;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Journal;

/// <summary>
/// Journal rows with their filters, live. New ones appear by themselves while nobody is at the rows: under the pointer or the focus nothing
/// moves, and how many wait is said instead.
/// </summary>
public sealed partial class ActivityList(JournalWriter journal, NavigationManager navigation) : LivePage
{
    internal const int PageSize = 50;

    /// <summary>Beyond it "99 or more" says as much.</summary>
    private const int MostCounted = 99;


    /// <summary>What another node wrote is told by nobody.</summary>
    private static readonly TimeSpan OtherNodes = TimeSpan.FromSeconds(5);

    private static readonly (ActivityPeriod Period, string Label)[] Periods =
    [
        (ActivityPeriod.Any, "Any time"), (ActivityPeriod.Hour, "Last hour"), (ActivityPeriod.Today, "Today"), (ActivityPeriod.Week, "Last 7 days"),
    ];

    private ActivityListState _state = new();
    private JournalPage? _page;
    private IReadOnlyDictionary<Guid, string>? _names;
    private IReadOnlySet<long> _fresh = new HashSet<long>();
    private Error? _error;
    private string? _shown;
    private long _newest;
    private int _waiting;
    private int _loads;
    private bool _isReading;
    private bool _hasFocus;
    private string? _typedTitle;
    private string? _typedAddress;
    private Debouncer? _typing;
    private DateTime? _rangeFrom;
    private DateTime? _rangeUntil;
    private string? _rangeError;

    /// <summary>The address of the page.</summary>
    [Parameter, EditorRequired]
    public string Base { get; set; } = "";

    [Parameter, EditorRequired]
    public Func<ActivityListState, ActivitySearch, CancellationToken, Task<Result<JournalPage>>> Read { get; set; } = default!;

    /// <summary>How many rows have come since the one of this id, counted no further than the limit.</summary>
    [Parameter, EditorRequired]
    public Func<ActivityListState, ActivityFilter, long, int, CancellationToken, Task<Result<int>>> CountNewer { get; set; } = default!;

    /// <summary>Whether rows of these facilities may be shown here.</summary>
    [Parameter, EditorRequired]
    public Func<IReadOnlySet<Guid>, bool> Concerns { get; set; } = default!;

    /// <summary>For a list of more than one facility's rows: those to choose from.</summary>
    [Parameter]
    public IReadOnlyList<Facility>? Facilities { get; set; }

    [CascadingParameter]
    public Viewer? Viewer { get; set; }

    [SupplyParameterFromQuery(Name = ActivityListState.KindKey)]
    public string? Kind { get; set; }

    [SupplyParameterFromQuery(Name = ActivityListState.OutcomeKey)]
    public string? Outcome { get; set; }

    [SupplyParameterFromQuery(Name = ActivityListState.CodeKey)]
    public string? Code { get; set; }

    [SupplyParameterFromQuery(Name = ActivityListState.TitleKey)]
    public string? Title { get; set; }

    [SupplyParameterFromQuery(Name = ActivityListState.AddressKey)]
    public string? Address { get; set; }

    [SupplyParameterFromQuery(Name = ActivityListState.TimeKey)]
    public string? When { get; set; }

    [SupplyParameterFromQuery(Name = ActivityListState.FacilityKey)]
    public string? Facility { get; set; }

    [SupplyParameterFromQuery(Name = ActivityListState.BeforeKey)]
    public string? Before { get; set; }

    [SupplyParameterFromQuery(Name = ActivityListState.AfterKey)]
    public string? After { get; set; }

    private Viewer View => Viewer ?? Viewer.Unknown;

    private DateTime Now => Time.GetUtcNow().UtcDateTime;

    private ActivityFilter Filter => _state.ToFilter(View, Now);

    private string OutcomeText => _state.IsTrouble ? "All that went wrong" : _state.Outcome?.ToString() ?? "Outcome";

    private string WaitingText => _waiting >= MostCounted ? $"{MostCounted} or more new" : $"{SizeText.Count(_waiting)} new";

    private string? LookedText => _page?.LookedBackToUtc is { } reached
        ? $"Looked back to {TimeText.Of(reached, TimeStyle.Full, View, Now)}. There may be more before it."
        : null;

    private string PeriodText => _state.Period switch
    {
        ActivityPeriod.Any => "Time",
        ActivityPeriod.Range => $"{End(_state.FromUtc)} – {End(_state.UntilUtc)}",
        _ => Periods.First(one => one.Period == _state.Period).Label,
    };

    protected override void Follow()
    {
        journal.Written += OnWritten;
        Until(() => journal.Written -= OnWritten);
        Until(Time.CreateTimer(_ => RequestReload(), null, OtherNodes, OtherNodes));
    }

    protected override async Task OnParametersSetAsync()
    {
        _names = Facilities?.ToDictionary(facility => facility.Id, facility => facility.Name);
        var state = ActivityListState.Parse(key => key switch
        {
            ActivityListState.KindKey => Kind,
            ActivityListState.OutcomeKey => Outcome,
            ActivityListState.CodeKey => Code,
            ActivityListState.TitleKey => Title,
            ActivityListState.AddressKey => Address,
            ActivityListState.TimeKey => When,
            ActivityListState.FacilityKey => Facilities is null ? null : Facility,
            ActivityListState.BeforeKey => Before,
            _ => After,
        });
        var address = Base + state.ToQuery();
        if (address == _shown)
            return;
        (_shown, _state, _fresh, _waiting) = (address, state, new HashSet<long>(), 0);
        (_rangeFrom, _rangeUntil, _rangeError) = (Local(state.FromUtc), Local(state.UntilUtc), null);
        await LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        // The answer to an older question that comes late is not shown.
        var load = ++_loads;
        var state = _state;
        // Whatever comes after this moment is new to who reads.
        var now = IdGenerator.FirstAt(Now);
        var read = await Read(state, new ActivitySearch { Filter = Filter, Before = state.Before, After = state.After, PageSize = PageSize }, Closed);
        if (load != _loads)
            return;
        _error = read.Error;
        if (!read.TryGetValue(out var page))
            return;
        _page = page;
        _newest = state.IsNewest && page.Entries.Count > 0 ? page.Entries[0].Id : Math.Max(_newest, now);
        _waiting = 0;
    }

    private void OnWritten(IReadOnlySet<Guid> facilities)
    {
        if (Concerns(facilities))
            RequestReload();
    }

    protected override async Task ReloadAsync()
    {
        if (_page is null)
            return;
        var counted = await CountNewer(_state, Filter, _newest, MostCounted, Closed);
        _error = counted.Error;
        if (!counted.TryGetValue(out var count) || (count == _waiting && (count == 0 || IsHeld)))
            return;
        _waiting = count;
        if (count > 0 && _state.IsNewest && !IsHeld)
            await ShowWaitingAsync();
    }

    // An empty list holds nothing that could move away.
    private bool IsHeld => !_state.IsNewest || ((_isReading || _hasFocus) && _page is { Entries.Count: > 0 });

    private async Task ShowWaitingAsync()
    {
        var shown = _page?.Entries.Select(entry => entry.Id).ToHashSet() ?? [];
        await LoadAsync();
        _fresh = _page?.Entries.Select(entry => entry.Id).Where(id => !shown.Contains(id)).ToHashSet() ?? [];
    }

    private Task LeaveAsync()
    {
        _isReading = false;
        return ReleaseAsync();
    }

    private Task BlurAsync()
    {
        _hasFocus = false;
        return ReleaseAsync();
    }

    private Task ReleaseAsync() => _waiting > 0 && !IsHeld ? ShowWaitingAsync() : Task.CompletedTask;

    private void OnTyped(ChangeEventArgs change, bool isTitle)
    {
        var text = change.Value as string ?? "";
        (_typedTitle, _typedAddress) = isTitle ? (text, _typedAddress) : (_typedTitle, text);
        if (_typing is null)
            Until(_typing = new Debouncer(Time, () => InvokeAsync(SearchTyped)));
        _typing.Restart();
    }

    private void SearchTyped()
    {
        if (Closed.IsCancellationRequested)
            return;
        var state = _state.Newest with { Title = (_typedTitle ?? _state.Title).Trim(), Address = (_typedAddress ?? _state.Address).Trim() };
        (_typedTitle, _typedAddress) = (null, null);
        // Each letter is not a step back in the browser's history.
        navigation.NavigateTo(Href(state), replace: true);
    }

    private void ChooseFacility(ChangeEventArgs change) =>
        navigation.NavigateTo(Href(_state.Newest with { Facility = Guid.TryParse(change.Value as string, out var id) ? id : null }));

    private void ApplyRange()
    {
        if (_rangeFrom is null && _rangeUntil is null)
            _rangeError = "Choose a beginning, an end, or both.";
        else if (_rangeFrom >= _rangeUntil)
            _rangeError = "The end is not after the beginning.";
        else
            navigation.NavigateTo(Href(_state.Newest with { Period = ActivityPeriod.Range, FromUtc = Utc(_rangeFrom), UntilUtc = Utc(_rangeUntil) }));
    }

    private string Href(ActivityListState state) => Base + state.ToQuery();

    private DateTime? Local(DateTime? utc) => utc is { } moment ? View.ToLocal(moment) : null;

    private DateTime? Utc(DateTime? local)
    {
        if (local is not { } moment)
            return null;
        // The hour that summer time leaves out does not exist: the one after it is meant.
        return TimeZoneInfo.ConvertTimeToUtc(View.Zone.IsInvalidTime(moment) ? moment.AddHours(1) : moment, View.Zone);
    }

    private string End(DateTime? utc) => utc is { } moment ? TimeText.Of(moment, TimeStyle.Short, View, Now) : "…";
}
