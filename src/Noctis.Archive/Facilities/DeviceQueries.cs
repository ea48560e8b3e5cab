using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.Facilities;

/// <summary>Reads devices.</summary>
public sealed class DeviceQueries(INoctisDbContextFactory databases, ICrossTenantDbContextFactory acrossFacilities)
{
    public async Task<IReadOnlyList<Device>> ListAsync(FacilityScope scope, CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateFor(scope);
        return await database.Devices.AsNoTracking().OrderBy(device => device.AETitle).ToListAsync(cancellationToken);
    }

    /// <summary>Those of all facilities, in no order.</summary>
    public async Task<IReadOnlyList<Device>> ListAsync(AdministratorScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = acrossFacilities.CreateAcrossFacilities();
        return await database.Devices.AsNoTracking().ToListAsync(cancellationToken);
    }

    public async Task<Result<Device>> GetAsync(FacilityScope scope, long deviceId, CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateFor(scope);
        var device = await database.Devices.AsNoTracking().FirstOrDefaultAsync(device => device.Id == deviceId, cancellationToken);
        return device is null ? DeviceCommands.NotFound() : device;
    }

    /// <summary>The device that calls itself so, active or not; null when the facility has none of that name.</summary>
    public async Task<Device?> FindAsync(FacilityScope scope, string aeTitle, CancellationToken cancellationToken = default)
    {
        var title = AETitleRules.Trim(aeTitle);
        await using var database = databases.CreateFor(scope);
        return await database.Devices.AsNoTracking().FirstOrDefaultAsync(device => device.AETitle == title, cancellationToken);
    }
}
