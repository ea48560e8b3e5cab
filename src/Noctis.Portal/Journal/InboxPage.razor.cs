using System.Globalization;
using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Gateway.Journal;
using Noctis.Portal.Accounts;
using Noctis.Portal.Components;

namespace Noctis.Portal.Journal;

/// <summary>Calls that came to no facility, for administrators: each caller and cause once, with the fix, until it is dealt with. Live.</summary>
public sealed partial class InboxPage(
    FrontDoorQueries queries, FrontDoorCommands commands, FacilityQueries facilities, JournalWriter journal, SignedInScopes scopes, NavigationManager navigation)
    : LivePage
{
    private const int PageSize = 30;

    private static readonly TimeSpan OtherNodes = TimeSpan.FromSeconds(5);

    /// <summary>The causes for which calls come here.</summary>
    private static readonly JournalCode[] Codes = [.. Enum.GetValues<JournalCode>().Where(code => code != JournalCode.None).OrderBy(code => JournalWords.NameOf(code), StringComparer.Ordinal)];

    private IReadOnlyList<Facility> _facilities = [];
    private FrontDoorPage? _page;
    private Error? _error;
    private Debouncer? _typing;
    private string _typed = "";

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "code")]
    public string? Code { get; set; }

    /// <summary>Present where those are shown that were dealt with.</summary>
    [SupplyParameterFromQuery(Name = "done")]
    public string? Done { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    public long? Before { get; set; }

    private InboxFilter Filter => new()
    {
        Text = Text?.Trim() ?? "",
        Code = Code is { Length: > 0 } && char.IsAsciiLetter(Code[0]) && Enum.TryParse<JournalCode>(Code, ignoreCase: true, out var code) ? code : null,
        IsDealtWith = Done is not null,
    };

    private bool IsFiltered => Filter.Text.Length > 0 || Filter.Code is not null;

    protected override void Follow()
    {
        Until(_typing = new Debouncer(Time, () => InvokeAsync(Search)));
        journal.Written += OnWritten;
        Until(() => journal.Written -= OnWritten);
        commands.Changed += RequestReload;
        Until(() => commands.Changed -= RequestReload);
        Until(Time.CreateTimer(_ => RequestReload(), null, OtherNodes, OtherNodes));
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private void OnWritten(IReadOnlySet<Guid> written) => RequestReload();

    protected override async Task LoadAsync()
    {
        var administrator = await scopes.AdministratorAsync();
        if (!administrator.TryGetValue(out var scope))
        {
            _error = administrator.Error;
            return;
        }

        _facilities = [.. (await facilities.ListAsync(scope, Closed)).Where(facility => facility.State != FacilityState.Deleting)];
        _page = await queries.ListInboxAsync(scope, Filter, Before, PageSize, Closed);
    }

    private void OnTyped(ChangeEventArgs change)
    {
        _typed = change.Value as string ?? "";
        _typing?.Restart();
    }

    // Each letter is not a step back in the browser's history.
    private void Search() => navigation.NavigateTo(Href(Filter.IsDealtWith, text: _typed.Trim()), replace: true);

    private void ChooseCode(ChangeEventArgs change) => navigation.NavigateTo(Href(Filter.IsDealtWith, code: change.Value as string ?? ""));

    private string Href(bool isDealtWith, long? before = null, string? text = null, string? code = null) => navigation.GetUriWithQueryParameters(
        "/admin/inbox",
        new Dictionary<string, object?>
        {
            ["q"] = Filled(text ?? Filter.Text),
            ["code"] = Filled(code ?? Filter.Code?.ToString() ?? ""),
            ["done"] = isDealtWith ? "1" : null,
            ["before"] = before?.ToString(CultureInfo.InvariantCulture),
        });

    private static string? Filled(string text) => text.Length > 0 ? text : null;
}
