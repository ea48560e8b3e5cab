using Microsoft.AspNetCore.Components;
using Noctis.Archive.Accounts;
using Noctis.Portal.Components;

namespace Noctis.Portal.Accounts;

/// <summary>All accounts of the installation, for administrators.</summary>
public sealed partial class UsersPage(AccountQueries queries, SignedInScopes scopes, NavigationManager navigation)
{
    private IReadOnlyList<AccountSummary>? _accounts;
    private string _text = "";

    [SupplyParameterFromQuery(Name = "q")]
    private string? Query { get; set; }

    private List<AccountSummary> Shown =>
        [.. (_accounts ?? []).Where(account =>
            account.DisplayName.Contains(_text.Trim(), StringComparison.CurrentCultureIgnoreCase)
            || account.UserName.Contains(_text.Trim(), StringComparison.OrdinalIgnoreCase))];

    private string Summary => _accounts is null ? "" : SizeText.Count(_accounts.Count, "account");

    protected override async Task OnInitializedAsync()
    {
        if (await scopes.AdministratorAsync() is { IsSuccess: true, Value: var administrator })
            _accounts = await queries.ListAsync(administrator);
    }

    protected override void OnParametersSet() => _text = Query ?? "";

    private void Apply() =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameter("q", _text.Length == 0 ? null : _text), replace: true);
}
