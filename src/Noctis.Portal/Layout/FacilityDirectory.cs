using Microsoft.EntityFrameworkCore;
using Noctis.Archive;
using Noctis.Archive.Database;

namespace Noctis.Portal.Layout;

/// <summary>What the frame around every page shows of a facility.</summary>
public sealed class FacilityDirectory(INoctisDbContextFactory databases)
{
    public async Task<CurrentFacility?> FindAsync(FacilityScope scope, CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateFor(scope);
        var facility = await database.Facilities.AsNoTracking().FirstOrDefaultAsync(found => found.Id == scope.FacilityId, cancellationToken);
        return facility is null ? null : new CurrentFacility(scope, facility.Name, facility.AETitle, facility.Port, facility.State);
    }
}
