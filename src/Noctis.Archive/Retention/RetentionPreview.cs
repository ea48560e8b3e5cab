using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Retention;

/// <summary>Says what clean-up might take, before it is switched on. Thread safe.</summary>
public sealed class RetentionPreview
{
    private readonly INoctisDbContextFactory _contexts;
    private readonly RetentionCandidates _candidates;

    internal RetentionPreview(INoctisDbContextFactory contexts, RetentionCandidates candidates) => (_contexts, _candidates) = (contexts, candidates);

    /// <summary>How many studies are past so many retention days now and not pinned, counted no further than <paramref name="limit"/>.</summary>
    public async Task<int> CountAsync(FacilityScope scope, int retentionDays, int limit, CancellationToken ct)
    {
        await using NoctisDbContext context = _contexts.CreateFor(scope);
        return await context.Set<Study>().Where(_candidates.Rule(retentionDays)).OrderBy(study => study.LastReceivedUtc).Select(study => study.Id).Take(limit).CountAsync(ct);
    }
}
