using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.Journal;

/// <summary>What only administrators read: calls that match no facility, or that concern more than one.</summary>
public sealed class FrontDoorQueries(ICrossTenantDbContextFactory databases)
{
    public async Task<IReadOnlyList<FrontDoorEntry>> LatestAsync(
        AdministratorScope scope, int count, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = databases.CreateAcrossFacilities();
        return await database.Set<FrontDoorEntry>().AsNoTracking()
            .OrderByDescending(entry => entry.Id)
            .Take(count)
            .ToListAsync(cancellationToken);
    }
}
