using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.Facilities;

/// <summary>Reads facilities: for administrators all of them, for others the one that is open, for the gateway what its listeners need.</summary>
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

    /// <summary>The facilities whose listener should run now. This is what the supervisor reconciles with.</summary>
    public async Task<IReadOnlyList<ListenerFacility>> ListActiveAsync(CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateAcrossFacilities();
        return await database.Facilities
            .Where(facility => facility.State == FacilityState.Active)
            .OrderBy(facility => facility.Port)
            .Select(facility => new ListenerFacility(facility.Id, facility.Name, facility.AETitle, facility.Port, facility.Version))
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Who may stand behind a calling AE title at the shared door, where the port does not say which facility is meant: the active
    /// facilities that call themselves so, or have an active device of that name. More than one is for the caller to tell apart, or to refuse.
    /// </summary>
    public async Task<IReadOnlyList<CallingFacility>> FindByCallingAETitleAsync(string callingAETitle, CancellationToken cancellationToken = default)
    {
        var title = AETitleRules.Normalize(callingAETitle);
        await using var database = databases.CreateAcrossFacilities();
        var own = await database.Facilities
            .Where(facility => facility.State == FacilityState.Active && facility.AETitle == title)
            .Select(facility => new CallingFacility(facility.Id, facility.AETitle, null, null))
            .ToListAsync(cancellationToken);
        var devices = await database.Devices
            .Where(device => device.AETitle == title && device.IsActive)
            .Join(database.Facilities.Where(facility => facility.State == FacilityState.Active), device => device.FacilityId, facility => facility.Id,
                (device, facility) => new CallingFacility(facility.Id, facility.AETitle, device.Id, device.ExpectedAddress))
            .ToListAsync(cancellationToken);
        return [.. own, .. devices];
    }

    private async Task<Result<Facility>> FindAsync(Guid facilityId, CancellationToken cancellationToken)
    {
        await using var database = databases.CreateAcrossFacilities();
        var facility = await database.Facilities.AsNoTracking()
            .FirstOrDefaultAsync(facility => facility.Id == facilityId && facility.State != FacilityState.Deleting, cancellationToken);
        return facility is null ? new NotFoundError("There is no such facility. It may have been deleted: look at the list of facilities.") : facility;
    }
}
