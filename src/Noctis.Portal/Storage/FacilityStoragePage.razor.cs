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
    : LivePage
{
    internal const int PageSize = 50;

    private FacilityStorageDetails? _storage;
    private FaultPage _faults = new([], null);
    private int _faultCount;
    private Error? _error;
    private (Guid Facility, long? After)? _shown;

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

    private FacilityStorage Totals => _storage!.Totals;

    private string? Verdict => _storage?.Totals switch
    {
        null => null,
        { IsFull: true } => "The quota is used up: images are refused until there is room.",
        { IsNearQuota: true, QuotaShare: { } share } => $"{StorageText.Percent(share)} of the quota are used.",
        { DaysUntilQuota: { } days } when StorageText.Kind(days) != StatusKind.Ok => $"At this pace the quota is used up in {StorageText.Lasts(days, 1, isFull: false)}.",
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
        { IsFull: true } => "It is used up",
        { DaysUntilQuota: 0 } => "if it goes on like this",
        _ => "At the pace of the last weeks",
    };

    protected override TimeSpan ReloadPause => TimeSpan.FromSeconds(5);

    protected override void Follow()
    {
        jobs.Changed += OnJobChanged;
        Until(() => jobs.Changed -= OnJobChanged);
        Until(studies.Subscribe(Facility.Scope, _ => RequestReload()));
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (FacilityId, After))
            return;
        _shown = (FacilityId, After);
        await LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        _faultCount = await faults.CountAsync(Facility.Scope, Closed);
        _faults = await faults.ListAsync(Facility.Scope, After, PageSize, Closed);
        var read = await queries.GetAsync(Facility.Scope, Closed);
        _error = read.Error;
        _storage = read.IsSuccess ? read.Value : null;
    }

    private void OnJobChanged(string job) => RequestReload();

    private string PageHref(long? after) => navigation.GetUriWithQueryParameter("after", after);
}
