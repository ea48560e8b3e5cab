using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Integrity;
using Noctis.Archive.Storage;
using Noctis.Portal.Accounts;
using Noctis.Portal.Components;
using Noctis.Portal.Jobs;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Storage;

/// <summary>The storage of the whole installation, for administrators: how full, how fast, how long, by whom, and whether the files are whole.</summary>
public sealed partial class StoragePage(
    StorageQueries queries, FaultQueries faults, IntegrityCheck integrity, SignedInScopes scopes, JobEvents jobs, NavigationManager navigation)
    : LivePage
{
    internal const int PageSize = 50;

    private StorageOverview? _storage;
    private IReadOnlyDictionary<Guid, int> _faults = new Dictionary<Guid, int>();
    private IntegrityRound? _round;
    private List<FacilityStorage> _page = [];
    private string? _next;
    private string? _previous;
    private Error? _error;

    /// <summary>Which chart is shown; see <see cref="GrowthCard.Quarter"/>.</summary>
    [SupplyParameterFromQuery(Name = "chart")]
    public string? Chart { get; set; }

    /// <summary>A <see cref="FacilityOrder"/> in small letters.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    /// <summary>The facility that the page of the table begins with. A key, so that the place stays when facilities come and go.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public Guid? From { get; set; }

    private FacilityOrder Order => Enum.GetValues<FacilityOrder>().FirstOrDefault(order => NameOf(order) == Sort);

    private string? Verdict => _storage switch
    {
        null => null,
        { IsAtFloor: true } => "The disk is at its floor: images are refused until there is room.",
        { FreeBytes: { } free } storage when free < storage.WarnBytes => $"The disk is running short: {SizeText.Of(free)} are free.",
        { DaysUntilFloor: { } days } when StorageText.Kind(days) != StatusKind.Ok => $"At this pace the room is used up in {StorageText.Lasts(days, 1, isFull: false)}.",
        { UsedBytes: 0 } => "Nothing is stored yet.",
        _ => "There is room.",
    };

    private string UsedText
    {
        get
        {
            var trash = _storage!.Facilities.Sum(facility => facility.TrashBytes);
            var versions = _storage.Facilities.Sum(facility => facility.VersionBytes);
            var parts = new List<string>();
            if (trash > 0)
                parts.Add($"{SizeText.Of(trash)} in the trash");
            if (versions > 0)
                parts.Add($"{SizeText.Of(versions)} of older versions");
            var studies = SizeText.Count(_storage.Facilities.Sum(facility => facility.Studies), "study", "studies");
            return parts.Count == 0 ? studies : $"{studies}; of it {string.Join(" and ", parts)}";
        }
    }

    private string FreeText => _storage switch
    {
        { FreeBytes: null } => "The system does not say",
        { DiskBytes: > 0, FloorBytes: > 0 } storage => $"of {SizeText.Of(storage.DiskBytes)}; below {SizeText.Of(storage.FloorBytes)} images are refused",
        { DiskBytes: > 0 } storage => $"of {SizeText.Of(storage.DiskBytes)}; no floor is set",
        _ => $"Below {SizeText.Of(_storage!.FloorBytes)} images are refused",
    };

    private string GrowthText => _storage!.History.Points.Count switch
    {
        0 => "Nothing arrived yet",
        <= StorageHistory.GrowthDays and var days => $"on average since the first image, {SizeText.Count(days, "day")}",
        _ => $"on average over the last {StorageHistory.GrowthDays} days",
    };

    private string LastsText => _storage switch
    {
        { FreeBytes: null } => "The system does not say how much is free",
        { UsedBytes: 0 } => "Nothing arrived yet",
        { DaysUntilFloor: { } days } when days > 0 => $"until {Time.GetUtcNow().AddDays(days).ToString("d MMMM yyyy", Viewer.Culture)}, if it goes on like this",
        { IsAtFloor: true } => "The floor of free space is reached",
        { DaysUntilFloor: 0 } => "if it goes on like this",
        _ => "At the pace of the last weeks",
    };

    internal static string NameOf(FacilityOrder order) => order.ToString().ToLowerInvariant();

    protected override TimeSpan ReloadPause => TimeSpan.FromSeconds(5);

    protected override void Follow()
    {
        // Statistics, integrity, the trash: whatever changes these figures in bulk is a job.
        jobs.Changed += OnJobChanged;
        Until(() => jobs.Changed -= OnJobChanged);
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override void OnParametersSet() => Show();

    private void OnJobChanged(string job) => RequestReload();

    protected override async Task LoadAsync()
    {
        var administrator = await scopes.AdministratorAsync();
        _error = administrator.Error;
        if (!administrator.TryGetValue(out var scope))
            return;
        _faults = await faults.CountByFacilityAsync(scope, Closed);
        _round = await integrity.GetRoundAsync(scope, Closed);
        _storage = await queries.GetAsync(scope, Closed);
        Show();
    }

    // There are hundreds of facilities at most, and their names sort by language, which databases do differently: the page is cut here.
    private void Show()
    {
        var all = Sorted(_storage?.Facilities ?? []);
        var start = From is { } from ? Math.Max(0, all.FindIndex(facility => facility.FacilityId == from)) : 0;
        _page = all.GetRange(start, Math.Min(PageSize, all.Count - start));
        _next = start + PageSize < all.Count ? Href(all[start + PageSize].FacilityId) : null;
        _previous = start == 0 ? null : Href(start <= PageSize ? null : all[start - PageSize].FacilityId);
    }

    private List<FacilityStorage> Sorted(IReadOnlyList<FacilityStorage> facilities)
    {
        var byName = facilities.OrderBy(facility => facility.Name, StringComparer.InvariantCultureIgnoreCase).ThenBy(facility => facility.FacilityId);
        return [.. Order switch
        {
            FacilityOrder.Name => byName,
            FacilityOrder.Quota => byName.OrderByDescending(facility => facility.QuotaShare ?? -1),
            FacilityOrder.Growth => byName.OrderByDescending(facility => facility.GrowthPerDay),
            FacilityOrder.Trash => byName.OrderByDescending(facility => facility.TrashBytes),
            _ => byName.OrderByDescending(facility => facility.TotalBytes),
        }];
    }

    private string Href(Guid? from) => navigation.GetUriWithQueryParameter("from", from);
}
