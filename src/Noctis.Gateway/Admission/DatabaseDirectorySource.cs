using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Gateway.Admission;

internal sealed class DatabaseDirectorySource(ICrossTenantDbContextFactory databases) : IFacilityDirectorySource
{
    public async Task<FacilityDirectory> ReadAsync(CancellationToken cancellationToken)
    {
        await using var database = databases.CreateAcrossFacilities();
        var devices = await database.Devices.AsNoTracking()
            .Select(device => new { device.FacilityId, device.Id, device.AETitle, device.ExpectedAddress, device.IsActive })
            .ToListAsync(cancellationToken);
        var byFacility = devices.ToLookup(
            device => device.FacilityId,
            device => new GatewayDevice(device.Id, device.AETitle, device.ExpectedAddress, device.IsActive));

        var facilities = await database.Facilities.AsNoTracking()
            .Select(facility => new { facility.Id, facility.Name, facility.AETitle, facility.Port, facility.State })
            .ToListAsync(cancellationToken);
        return new FacilityDirectory([.. facilities.Select(facility => new GatewayFacility(
            facility.Id, facility.Name, facility.AETitle, facility.Port, facility.State, [.. byFacility[facility.Id]]))]);
    }
}
