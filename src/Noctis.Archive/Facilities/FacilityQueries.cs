using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.Facilities;

/// <summary>Reads facilities: for administrators all of them, for others the one that is open.</summary>
public sealed class FacilityQueries(ICrossTenantDbContextFactory databases)
{
    /// <summary>All facilities by name, those that are being deleted included, so that a page can say so.</summary>
    public async Task<IReadOnlyList<Facility>> ListAsync(AdministratorScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = databases.CreateAcrossFacilities();
        var facilities = await database.Facilities.AsNoTracking().ToListAsync(cancellationToken);
        return [.. facilities.OrderBy(facility => facility.Name, StringComparer.InvariantCultureIgnoreCase).ThenBy(facility => facility.Id)];
    }

    public async Task<Result<Facility>> GetAsync(AdministratorScope scope, Guid facilityId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return await FindAsync(facilityId, cancellationToken);
    }

    public async Task<Result<Facility>> GetAsync(FacilityScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return await FindAsync(scope.FacilityId, cancellationToken);
    }

    private async Task<Result<Facility>> FindAsync(Guid facilityId, CancellationToken cancellationToken)
    {
        await using var database = databases.CreateAcrossFacilities();
        var facility = await database.Facilities.AsNoTracking()
            .FirstOrDefaultAsync(facility => facility.Id == facilityId && facility.State != FacilityState.Deleting, cancellationToken);
        return facility is null ? new NotFoundError("There is no such facility. It may have been deleted: look at the list of facilities.") : facility;
    }
}
