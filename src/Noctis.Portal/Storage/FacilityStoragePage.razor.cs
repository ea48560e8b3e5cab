using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Integrity;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Portal.Components;
using Noctis.Portal.Jobs;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Storage;

/// <summary>What a facility takes, how it grows, how long its quota lasts, and which of its files are faulty.</summary>
public sealed partial class FacilityStoragePage(StorageQueries queries, FaultQueries faults, StudyEvents studies, JobEvents jobs, NavigationManager navigation)
    : ComponentBase, IDisposable
{
    internal const int PageSize = 50;

    private static readonly TimeSpan ReloadPause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _closed = new();
    private FacilityStorageDetails? _storage;
    private FaultPage _faults = new([], null);
    private int _faultCount;
    private Error? _error;
    private (Guid Facility, long? After)? _shown;
    private PushedReload? _reload;
    private IDisposable? _subscription;

    [Parameter]
    public Guid FacilityId { get; set; }

    [CascadingParameter]
    public CurrentFacility Facility { get; set; } = default!;

    /// <summary>Which chart is shown; see <see cref="GrowthCard.Quarter"/>.</summary>
    [SupplyParameterFromQuery(Name = "chart")]
    public string? Chart { get; set; }

    /// <summary>The last image of the page of faults before this one.</summary>
    [SupplyParameterFromQuery(Name = "after")]
    public long? After { get; set; }

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    private FacilityStorage Totals => _storage!.Totals;

    private string? Verdict => _storage?.Totals switch
    {
        null => null,
        { QuotaShare: >= 1 } => "The quota is used up: images are refused until there is room.",
        { IsNearQuota: true, QuotaShare: { } share } => $"{StorageText.Percent(share)} of the quota are used.",
        { DaysUntilQuota: { } days } when StorageText.Kind(days) != StatusKind.Ok => $"At this pace the quota is used up in {StorageText.Lasts(days, 1)}.",
        { TotalBytes: 0 } => "Nothing is stored yet.",
        { QuotaBytes: null } => "No quota is set: the server's disk is the limit.",
        _ => "There is room.",
    };

    private string GrowthText => _storage!.History.Points.Count switch
    {
        0 => "Nothing arrived yet",
        <= StorageHistory.GrowthDays and var days => $"on average since the first image, {SizeText.Count(days, "day")}",
        _ => $"on average over the last {StorageHistory.GrowthDays} days",
    };

    private string LastsText => Totals switch
    {
        { QuotaBytes: null } => "No quota is set for this facility",
        { DaysUntilQuota: { } days } when days > 0 => $"until {Time.GetUtcNow().AddDays(days).ToString("d MMMM yyyy", Viewer.Culture)}, if it goes on like this",
        { DaysUntilQuota: 0 } => "It is used up",
        _ => "At the pace of the last weeks",
    };

    protected override void OnInitialized()
    {
        if (!RendererInfo.IsInteractive)
            return;
        _reload = new PushedReload(Time, ReloadPause, () => InvokeAsync(ReloadAsync));
        jobs.Changed += OnJobChanged;
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (FacilityId, After))
            return;
        var isAnother = _shown?.Facility != FacilityId;
        _shown = (FacilityId, After);
        if (isAnother && RendererInfo.IsInteractive)
        {
            _subscription?.Dispose();
            _subscription = studies.Subscribe(Facility.Scope, _ => _reload?.Request());
        }

        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _faultCount = await faults.CountAsync(Facility.Scope, _closed.Token);
        _faults = await faults.ListAsync(Facility.Scope, After, PageSize, _closed.Token);
        var read = await queries.GetAsync(Facility.Scope, _closed.Token);
        _error = read.Error;
        _storage = read.IsSuccess ? read.Value : null;
    }

    private void OnJobChanged(string job) => _reload?.Request();

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

    private string PageHref(long? after) => navigation.GetUriWithQueryParameter("after", after);

    public void Dispose()
    {
        _closed.Cancel();
        jobs.Changed -= OnJobChanged;
        _subscription?.Dispose();
        _reload?.Dispose();
        _closed.Dispose();
    }
}
