using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Noctis.Archive.Database;

namespace Noctis.Archive.Facilities;

/// <summary>Finds the lowest port of the configured range that no facility has, that is not the shared door, and that can be bound now.</summary>
public sealed class PortProposer(ICrossTenantDbContextFactory databases, IOptions<FacilityAddressOptions> options)
{
    public async Task<Result<int>> ProposeAsync(CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateAcrossFacilities();
        return await ProposeAsync(database, cancellationToken);
    }

    internal async Task<Result<int>> ProposeAsync(NoctisDbContext database, CancellationToken cancellationToken)
    {
        var (first, last) = (options.Value.PortRange.First, options.Value.PortRange.Last);
        var taken = await database.Facilities
            .Where(facility => facility.Port >= first && facility.Port <= last)
            .Select(facility => facility.Port)
            .ToHashSetAsync(cancellationToken);
        taken.Add(options.Value.SharedPort);

        var address = IPAddress.Parse(options.Value.BindAddress);
        for (var port = first; port <= last; port++)
        {
            if (!taken.Contains(port) && PortProbe.Fault(address, port) is null)
                return port;
        }

        return InvalidError.For(nameof(FacilityDraft.Port),
            $"No port is free between {first} and {last}. Widen Dicom:PortRange, or type a port outside it.");
    }

    /// <summary>Why a facility cannot take this port, apart from other facilities; null when it can.</summary>
    internal string? Fault(int port) =>
        port == options.Value.SharedPort
            ? $"Port {port} is the shared door of all facilities. Choose another one."
            : PortProbe.Fault(IPAddress.Parse(options.Value.BindAddress), port);
}
