using System.Globalization;
using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Accounts;
using Noctis.Portal.Components;
using Noctis.Portal.Home;

namespace Noctis.Portal.Attention;

/// <summary>Everything that needs attention anywhere, the worst first, for administrators. What is looked for is in the address.</summary>
public sealed partial class AttentionPage(
    InstallationAttention attention, SignedInScopes scopes, IListenerStatusSource listeners, NavigationManager navigation) : LivePage
{
    internal const int PageSize = 50;

    /// <summary>The value of "severity" in the address that leaves warnings out.</summary>
    internal const string Bad = "bad";

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(10);

    private IReadOnlyList<AttentionItem>? _items;
    private List<AttentionItem> _found = [];
    private Error? _error;
    private string _text = "";
    private Debouncer? _typing;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Query { get; set; }

    [SupplyParameterFromQuery(Name = "severity")]
    public string? Severity { get; set; }

    /// <summary>From 1. By number, since items come and go with what they tell of, and have no key.</summary>
    [SupplyParameterFromQuery(Name = "page")]
    public int? Number { get; set; }

    private bool IsBadOnly => Severity == Bad;

    private int PageNumber => Math.Clamp(Number ?? 1, 1, Math.Max(1, (_found.Count + PageSize - 1) / PageSize));

    private int Start => (PageNumber - 1) * PageSize;

    private string? Verdict
    {
        get
        {
            if (_items is null)
                return null;
            var bad = _items.Count(item => item.Kind == StatusKind.Bad);
            return _items.Count == 0 ? "All is well." : $"{SizeText.Count(_items.Count, "finding")} in all facilities; with {SizeText.Count(bad)} of them images do not arrive.";
        }
    }

    protected override TimeSpan ReloadPause => TimeSpan.FromSeconds(2);

    protected override void Follow()
    {
        Until(_typing = new Debouncer(Time, () => InvokeAsync(Apply)));
        Until(Time.CreateTimer(_ => RequestReload(), null, Tick, Tick));
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
        _items = await attention.FindAsync(scope, Closed);
        Show();
    }

    private void Show()
    {
        var wanted = SearchText.Fold(_text);
        _found = [.. (_items ?? []).Where(item => !IsBadOnly || item.Kind == StatusKind.Bad)
            .Where(item => wanted.Length == 0 || SearchText.Fold($"{item.FacilityName} {item.Title} {item.Text}").Contains(wanted, StringComparison.Ordinal))];
    }

    private void OnTyped(ChangeEventArgs change)
    {
        _text = change.Value as string ?? "";
        _typing?.Restart();
    }

    // Each letter is not a step back in the browser's history.
    private void Apply() => navigation.NavigateTo(Href(Severity, null), replace: true);

    private string Href(string? severity, int? number) => navigation.GetUriWithQueryParameters("/admin/attention", new Dictionary<string, object?>
    {
        ["q"] = _text.Trim() is { Length: > 0 } text ? text : null,
        ["severity"] = severity == Bad ? Bad : null,
        ["page"] = number is > 1 ? number.Value.ToString(CultureInfo.InvariantCulture) : null,
    });
}
