using Microsoft.AspNetCore.Components;
using Noctis.Archive.Studies;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Studies;

/// <summary>The studies of one facility. The address holds what is looked for; what arrives meanwhile appears by push.</summary>
public sealed partial class StudiesPage(
    StudyQueries queries, ArrivalQueries arrivals, StudyEvents events, CompletionWatch completion, ILogger<StudiesPage> logger)
    : LivePage
{
    private const int PageSize = 50;

    /// <summary>Counting stops here: beyond it "10,000 or more" says as much.</summary>
    private const int CountLimit = 10_000;

    /// <summary>After the last key: short enough to feel immediate, long enough not to search for each letter.</summary>
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(250);

    /// <summary>How often a page with studies that still receive looks whether another node has marked one as complete.</summary>
    private static readonly TimeSpan QuietCheck = TimeSpan.FromSeconds(5);

    private static readonly (StudyPeriod Period, string Label)[] Periods =
    [
        (StudyPeriod.Any, "Any date"), (StudyPeriod.Today, "Today"), (StudyPeriod.Week, "Last 7 days"), (StudyPeriod.Month, "Last 30 days"),
    ];

    private StudyListState _state = new();
    private StudyPage? _page;
    private StudyCounts? _counts;
    private int _found;
    private IReadOnlySet<long> _fresh = new HashSet<long>();
    private string? _error;
    private ITimer? _typing;
    private string? _typed;
    private int _loads;
    private DateOnly? _rangeFrom;
    private DateOnly? _rangeTo;
    private string? _rangeError;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Parameter]
    public Guid FacilityId { get; set; }

    [CascadingParameter]
    public CurrentFacility Facility { get; set; } = default!;

    [CascadingParameter]
    public Viewer? Viewer { get; set; }

    [SupplyParameterFromQuery(Name = StudyListState.TextKey)]
    public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = StudyListState.ModalityKey)]
    public string? ModalityCodes { get; set; }

    [SupplyParameterFromQuery(Name = StudyListState.DateKey)]
    public string? Date { get; set; }

    [SupplyParameterFromQuery(Name = StudyListState.CursorKey)]
    public string? Cursor { get; set; }

    private DateOnly Today => DateOnly.FromDateTime((Viewer ?? Viewer.Unknown).ToLocal(Time.GetUtcNow().UtcDateTime));

    private string? Summary
    {
        get
        {
            if (_counts is null)
                return null;
            if (!_state.IsFiltered)
                return $"{SizeText.Count(_counts.StudiesToday)} arrived today · {SizeText.Count(_counts.Studies)} in all · newest first";
            var found = _found >= CountLimit ? $"{SizeText.Count(CountLimit)} or more" : SizeText.Count(_found);
            return $"{found} of {SizeText.Count(_counts.Studies)} found · newest first";
        }
    }

    private string PageText => SizeText.Count(_page!.Studies.Count, "study", "studies") + " on this page";

    private string PeriodText => _state.Period == StudyPeriod.Range
        ? $"{RangeEnd(_state.From)} – {RangeEnd(_state.To)}"
        : _state.Period == StudyPeriod.Any ? "Study date" : Periods.First(one => one.Period == _state.Period).Label;

    private string ModalityText => _state.Modalities.Count switch
    {
        0 => "Modality",
        <= 3 => string.Join(", ", _state.Modalities),
        _ => $"{_state.Modalities.Count} modalities",
    };

    protected override async Task OnParametersSetAsync()
    {
        var state = StudyListState.Parse(Text, ModalityCodes, Date, Cursor);
        var isSame = _page is not null && state.ToQuery() == _state.ToQuery();
        _state = state;
        (_rangeFrom, _rangeTo, _rangeError) = (state.From, state.To, null);
        if (!isSame)
        {
            _fresh = new HashSet<long>();
            await LoadAsync();
        }
    }

    protected override void Follow()
    {
        Until(events.Subscribe(Facility.Scope, change => _ = InvokeAsync(() => OnArrived(change))));
        Every(QuietCheck, OnQuietCheckAsync);
        Until(() => _typing?.Dispose());
    }

    protected override async Task ReloadAsync()
    {
        var shown = _page?.Studies.Select(study => study.Id).ToHashSet();
        await LoadAsync();
        if (shown is not null && _page is not null)
            _fresh = _page.Studies.Select(study => study.Id).Where(id => !shown.Contains(id)).ToHashSet();
    }

    protected override async Task LoadAsync()
    {
        // The answer to an older question that comes late is not shown.
        var load = ++_loads;
        var (state, search) = (_state, _state.ToSearch(Today, PageSize));
        try
        {
            var page = await queries.SearchAsync(Facility.Scope, search, Closed);
            var counts = await arrivals.GetCountsAsync(Facility.Scope, StartOfToday, Closed);
            var found = state.IsFiltered ? await queries.CountAsync(Facility.Scope, search, CountLimit, Closed) : 0;
            if (load == _loads)
                (_page, _counts, _found, _error) = (page, counts, found, null);
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (System.Data.Common.DbException exception)
        {
            Log.StudiesNotRead(logger, exception);
            _error = "The database did not answer. Images that arrive meanwhile are refused with a reason, and none that was acknowledged is lost.";
        }
    }

    private DateTime StartOfToday => (Viewer ?? Viewer.Unknown).StartOfDayUtc(Time.GetUtcNow().UtcDateTime);

    private void OnArrived(StudiesChanged change)
    {
        if (_page is null)
        {
            RequestReload();
            return;
        }

        var shown = _page.Studies.Select(study => study.Id).ToHashSet();
        // An older page stays as it is, but for the studies on it that got more images, are complete or went. The newest one follows all
        // but the news that a study which is not on it is complete.
        var isNews = _state.Cursor is null && (change.Images > 0 || change.NewStudyIds.Count > 0 || change.RemovedStudyIds.Count > 0);
        if (isNews || change.ChangedStudyIds.Overlaps(shown) || change.RemovedStudyIds.Overlaps(shown))
            RequestReload();
    }

    private async Task OnQuietCheckAsync()
    {
        if (_page?.Studies.Any(study => completion.IsDue(study.CompletedUtc, study.LastReceivedUtc, QuietCheck)) == true)
            await LoadAsync();
    }

    private void OnTyped(ChangeEventArgs change)
    {
        _typed = change.Value as string ?? "";
        _typing ??= Time.CreateTimer(_ => _ = InvokeAsync(SearchTyped), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _typing.Change(TypingPause, Timeout.InfiniteTimeSpan);
    }

    private void SearchTyped()
    {
        if (Closed.IsCancellationRequested || _typed is not { } typed)
            return;
        // Each letter is not a step back in the browser's history.
        Navigation.NavigateTo(Href(_state with { Text = typed, Cursor = null }), new NavigationOptions { ReplaceHistoryEntry = true });
    }

    private void ApplyRange()
    {
        if (_rangeFrom is null && _rangeTo is null)
            _rangeError = "Choose a first day, a last day, or both.";
        else if (_rangeFrom > _rangeTo)
            _rangeError = "The first day is after the last.";
        else
            Navigation.NavigateTo(Href(_state with { Period = StudyPeriod.Range, From = _rangeFrom, To = _rangeTo, Cursor = null }));
    }

    private string Href(StudyListState state) => Facility.Href("studies") + state.ToQuery();

    private static string RangeEnd(DateOnly? day) => day?.ToString("d MMM yyyy", Viewer.Culture) ?? "…";
}
