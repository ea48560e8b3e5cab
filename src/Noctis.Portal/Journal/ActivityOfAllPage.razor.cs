using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Portal.Accounts;

namespace Noctis.Portal.Journal;

/// <summary>The journals of all facilities together, for administrators.</summary>
public sealed partial class ActivityOfAllPage(ActivityQueries queries, FacilityQueries facilities, SignedInScopes scopes)
{
    private IReadOnlyList<Facility>? _facilities;
    private Error? _error;

    protected override async Task OnInitializedAsync()
    {
        var administrator = await scopes.AdministratorAsync();
        _error = administrator.Error;
        if (administrator.TryGetValue(out var scope))
            _facilities = await facilities.ListAsync(scope);
    }

    // Opened anew each time: whoever has lost the role since the page was opened reads nothing by it.
    private async Task<Result<JournalPage>> ReadAsync(ActivityListState state, ActivitySearch search, CancellationToken cancellationToken)
    {
        var administrator = await scopes.AdministratorAsync();
        return administrator.IsSuccess ? await queries.ListAsync(administrator.Value, state.Facility, search, cancellationToken) : administrator.Error;
    }

    private async Task<Result<int>> CountNewerAsync(ActivityListState state, ActivityFilter filter, long id, int limit, CancellationToken cancellationToken)
    {
        var administrator = await scopes.AdministratorAsync();
        return administrator.IsSuccess ? await queries.CountNewerAsync(administrator.Value, state.Facility, filter, id, limit, cancellationToken) : administrator.Error;
    }
}
