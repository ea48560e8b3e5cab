using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Quarantine;
using Noctis.Archive.Settings;
using Noctis.Portal.Accounts;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Quarantine;

/// <summary>What devices have sent that are not registered: released into the archive from here, or discarded. The address holds which page of it is shown.</summary>
public sealed partial class QuarantinePage(
    QuarantineQueries queries, QuarantineRelease release, QuarantineDisposal disposal, QuarantineChanges changes, FacilitySettingsQueries settings)
    : LivePage
{
    private const int PageSize = 50;

    private readonly Dictionary<QuarantineKey, QuarantineGroup> _selected = [];
    private Archive.Quarantine.QuarantinePage? _page;
    private QuarantineTotals _totals;
    private AccessSettings _access = new();
    private Question? _asked;
    private bool _allow;
    private QuarantineProgress? _progress;
    private QuarantineProgress? _outcome;
    private CancellationTokenSource? _releasing;
    private int _toRelease;
    private Error? _error;
    private string? _dialogError;

    [Inject]
    private SignedInScopes Scopes { get; set; } = default!;

    [Inject]
    private DeviceCommands Devices { get; set; } = default!;

    [Inject]
    private DeviceQueries Registered { get; set; } = default!;

    [Parameter]
    public Guid FacilityId { get; set; }

    [CascadingParameter]
    public CurrentFacility Facility { get; set; } = default!;

    [CascadingParameter]
    public Viewer? Viewer { get; set; }

    /// <summary>Where the page of the list begins.</summary>
    [SupplyParameterFromQuery(Name = "before")]
    public long? Before { get; set; }

    private DateTime Now => Time.GetUtcNow().UtcDateTime;

    private bool IsReleasing => _releasing is not null;

    private List<QuarantineGroup> Chosen => [.. _selected.Values];

    private bool AreAllSelected => _page is { Groups.Count: > 0 } && _page.Groups.All(group => _selected.ContainsKey(group.Key));

    private string? Summary => _page is null ? null
        : _totals.Instances == 0 ? "What devices send that are not registered, set apart."
        : $"{SizeText.Count(_totals.Instances, "image")} of devices that are not registered, {SizeText.Of(_totals.Bytes)}. Only managers see them; what nobody releases is discarded after {SizeText.Count(_access.QuarantineDays, "day")}.";

    private string DialogTitle => _asked switch
    {
        null => "",
        { IsDiscard: true, Groups.Count: 1 } => "Discard this study?",
        { IsDiscard: true } => $"Discard {SizeText.Count(_asked.Groups.Count, "study", "studies")}?",
        { Groups.Count: 1 } => "Release this study?",
        _ => $"Release {SizeText.Count(_asked.Groups.Count, "study", "studies")}?",
    };

    protected override void Follow() => Until(changes.Subscribe(Facility.Scope, RequestReload));

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override async Task LoadAsync()
    {
        var page = await queries.ListAsync(Facility.Scope, Before, PageSize, Closed);
        if (!page.TryGetValue(out _page))
        {
            _error = page.Error;
            return;
        }

        _totals = await queries.GetTotalsAsync(Facility.Scope, Closed);
        _access = (await settings.GetAsync(Facility.Scope, Closed)).Settings.Access;
        foreach (var key in _selected.Keys.ToList())
        {
            if (_page.Groups.FirstOrDefault(group => group.Key == key) is { } group)
                _selected[key] = group;
            else
                _selected.Remove(key);
        }
    }

    private void Toggle(QuarantineGroup group)
    {
        if (!_selected.Remove(group.Key))
            _selected[group.Key] = group;
    }

    private void SelectAll()
    {
        var clear = AreAllSelected;
        _selected.Clear();
        foreach (var group in clear ? [] : _page!.Groups)
            _selected[group.Key] = group;
    }

    private void AskRelease(IReadOnlyList<QuarantineGroup> groups) => (_asked, _allow, _dialogError, _error, _outcome) = (new Question(groups, IsDiscard: false), false, null, null, null);

    private void AskDiscard(IReadOnlyList<QuarantineGroup> groups) => (_asked, _dialogError, _error, _outcome) = (new Question(groups, IsDiscard: true), null, null, null);

    private async Task ConfirmAsync()
    {
        if (_asked is not { } asked)
            return;
        // Opened anew: whoever has lost the role since the page was opened changes nothing by it.
        var opened = await Scopes.FacilityAsync(FacilityId);
        if (!opened.TryGetValue(out var scope))
        {
            _dialogError = opened.Error!.Message;
            return;
        }

        _dialogError = asked.IsDiscard ? (await DiscardAsync(scope, asked)).Error?.Message : _allow ? await AllowAsync(scope, asked) : null;
        if (_dialogError is not null)
            return;
        _asked = null;
        if (!asked.IsDiscard)
            _ = ReleaseAsync(scope, asked);
        else
            await LoadAsync();
    }

    private Task<Result<int>> DiscardAsync(FacilityScope scope, Question asked) =>
        disposal.DiscardAsync(scope, [.. asked.Groups.Select(group => group.Key)], CancellationToken.None);

    private async Task<string?> AllowAsync(FacilityScope scope, Question asked)
    {
        var known = (await Registered.ListAsync(scope, Closed)).Select(device => device.AETitle).ToHashSet(StringComparer.Ordinal);
        foreach (var title in asked.Titles.Where(title => !known.Contains(title)))
        {
            var added = await Devices.AddAsync(scope, new DeviceDraft(title), CancellationToken.None);
            if (!added.IsSuccess)
                return $"{title} cannot be registered: {added.Error.Message}";
        }

        return null;
    }

    // Not awaited by the dialog, so that the page shows how far it is. Ends with the page, or with Stop: what is released stays so.
    private async Task ReleaseAsync(FacilityScope scope, Question asked)
    {
        using var releasing = CancellationTokenSource.CreateLinkedTokenSource(Closed);
        (_releasing, _toRelease, _progress) = (releasing, asked.Images, new QuarantineProgress(0, 0, null));
        StateHasChanged();
        try
        {
            var reports = new Progress<QuarantineProgress>(progress => InvokeAsync(() => Show(progress)));
            var released = await Task.Run(() => release.RunAsync(scope, [.. asked.Groups.Select(group => group.Key)], reports, releasing.Token), releasing.Token);
            (_outcome, _error) = (released.IsSuccess ? released.Value : null, released.Error);
        }
        catch (OperationCanceledException) when (releasing.IsCancellationRequested)
        {
            _outcome = _progress;
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
        finally
        {
            (_releasing, _progress) = (null, null);
        }

        _selected.Clear();
        await GuardAsync(LoadAsync);
    }

    private void Show(QuarantineProgress progress)
    {
        if (!IsReleasing)
            return;
        _progress = progress;
        StateHasChanged();
    }

    private void Stop() => _releasing?.Cancel();

    private string GoesIn(QuarantineGroup group)
    {
        var days = (int)Math.Ceiling((group.FirstUtc.AddDays(_access.QuarantineDays) - Now).TotalDays);
        return days <= 1 ? "within a day" : $"in {SizeText.Count(days, "day")}";
    }

    private static string DeviceOf(QuarantineKey key) => key.CallingAETitle.Length > 0 ? key.CallingAETitle : "(no title)";

    private static string Who(QuarantineGroup group) => group.Newest.PatientName ?? (group.Newest.PatientID is { } id ? $"patient {id}" : "an unknown patient");

    private static string Subjects(Question asked) => asked.Groups is [var only] ? Who(only) : SizeText.Count(asked.Groups.Count, "study", "studies");

    /// <summary>What the dialog asks about.</summary>
    private sealed record Question(IReadOnlyList<QuarantineGroup> Groups, bool IsDiscard)
    {
        public int Images => Groups.Sum(group => group.Instances);

        public long Bytes => Groups.Sum(group => group.Bytes);

        public IReadOnlyList<string> Titles => [.. Groups.Select(group => group.Key.CallingAETitle).Where(title => title.Length > 0).Distinct(StringComparer.Ordinal)];
    }
}
