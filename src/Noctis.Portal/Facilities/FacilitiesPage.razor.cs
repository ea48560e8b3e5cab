using System.Globalization;
using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Studies;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Accounts;
using Noctis.Portal.Components;

namespace Noctis.Portal.Facilities;

/// <summary>All facilities of the installation, for administrators. What is looked for and the place in the list are in the address.</summary>
public sealed partial class FacilitiesPage(
    FacilityQueries queries,
    ArrivalQueries arrivals,
    SignedInScopes scopes,
    IListenerStatusSource listeners,
    FacilityChanges changes,
    NavigationManager navigation) : LivePage
{
    internal const int PageSize = 50;

    private IReadOnlyList<Facility>? _facilities;
    private IReadOnlyDictionary<Guid, FacilityTotals> _totals = new Dictionary<Guid, FacilityTotals>();
    private List<Facility> _page = [];
    private int _found;
    private string? _next;
    private string? _previous;
    private string _text = "";
    private Error? _error;
    private Debouncer? _typing;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Query { get; set; }

    /// <summary>The facility that the page begins with. A key, so that the place stays when facilities come and go.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public Guid? From { get; set; }

    private string? Summary => _facilities is null ? null : SizeText.Count(_facilities.Count, "facility", "facilities");

    protected override void Follow()
    {
        Until(_typing = new Debouncer(Time, () => InvokeAsync(Apply)));
        Until(changes.Subscribe(_ => RequestReload()));
        listeners.Changed += OnListenerChanged;
        Until(() => listeners.Changed -= OnListenerChanged);
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override void OnParametersSet()
    {
        _text = Query ?? "";
        Show();
    }

    private void OnListenerChanged(Door door) => RequestReload();

    protected override async Task LoadAsync()
    {
        var administrator = await scopes.AdministratorAsync();
        _error = administrator.Error;
        if (!administrator.TryGetValue(out var scope))
            return;
        _facilities = await queries.ListAsync(scope, Closed);
        _totals = (await arrivals.GetTotalsByFacilityAsync(scope, Closed)).ToDictionary(total => total.FacilityId);
        Show();
    }

    // There are hundreds of facilities at most, and their names sort by language, which databases do differently: the page is cut here.
    private void Show()
    {
        var wanted = SearchText.Fold(_text);
        var found = (_facilities ?? []).Where(facility => Matches(facility, wanted)).ToList();
        var start = From is { } from ? Math.Max(0, found.FindIndex(facility => facility.Id == from)) : 0;
        _found = found.Count;
        _page = found.GetRange(start, Math.Min(PageSize, found.Count - start));
        _next = start + PageSize < found.Count ? Href(found[start + PageSize].Id) : null;
        _previous = start == 0 ? null : Href(start <= PageSize ? null : found[start - PageSize].Id);
    }

    private static bool Matches(Facility facility, string wanted) =>
        wanted.Length == 0
        || SearchText.Fold(facility.Name).Contains(wanted, StringComparison.Ordinal)
        || facility.AETitle.Contains(wanted, StringComparison.Ordinal)
        || facility.Port.ToString(CultureInfo.InvariantCulture).StartsWith(wanted, StringComparison.Ordinal);

    private void OnTyped(ChangeEventArgs change)
    {
        _text = change.Value as string ?? "";
        _typing?.Restart();
    }

    // Each letter is not a step back in the browser's history.
    private void Apply() => navigation.NavigateTo(Href(null), replace: true);

    private string Href(Guid? from) => navigation.GetUriWithQueryParameters("/admin/facilities",
        new Dictionary<string, object?> { ["q"] = _text.Trim() is { Length: > 0 } text ? text : null, ["from"] = from });
}
