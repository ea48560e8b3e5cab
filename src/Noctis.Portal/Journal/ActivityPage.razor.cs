using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Journal;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Journal;

/// <summary>The journal of one facility.</summary>
public sealed partial class ActivityPage(ActivityQueries queries)
{
    [Parameter]
    public Guid FacilityId { get; set; }

    [CascadingParameter]
    public CurrentFacility Facility { get; set; } = default!;

    private async Task<Result<JournalPage>> ReadAsync(ActivityListState state, ActivitySearch search, CancellationToken cancellationToken) =>
        await queries.ListAsync(Facility.Scope, search, cancellationToken);

    private async Task<Result<int>> CountNewerAsync(ActivityListState state, ActivityFilter filter, long id, int limit, CancellationToken cancellationToken) =>
        await queries.CountNewerAsync(Facility.Scope, filter, id, limit, cancellationToken);
}
