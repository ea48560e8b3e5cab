using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;

namespace Noctis.Gateway.Journal;

/// <summary>Writes lines of many facilities in one transaction.</summary>
internal sealed class JournalBatch(ICrossTenantDbContextFactory databases)
{
    /// <returns>The facilities that have new rows.</returns>
    public async Task<IReadOnlySet<Guid>> WriteAsync(IReadOnlyList<JournalLine> lines, CancellationToken cancellationToken)
    {
        var entries = lines.OfType<JournalLine.OfFacility>().Select(line => line.Entry).ToList();
        var facilities = entries.Select(entry => entry.FacilityId).Distinct().ToList();

        await using var database = databases.CreateAcrossFacilities();
        // A facility that is being deleted takes no more rows: they would be in the way of its own deletion.
        var living = facilities.Count == 0 ? [] : await database.Facilities
            .Where(facility => facilities.Contains(facility.Id) && facility.State != FacilityState.Deleting)
            .Select(facility => facility.Id)
            .ToHashSetAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        foreach (var seen in lines.OfType<JournalLine.Seen>().GroupBy(line => line.DeviceId).Select(group => group.Last()))
        {
            await database.Devices
                .Where(device => device.Id == seen.DeviceId && (device.LastSeenUtc == null || device.LastSeenUtc < seen.TimeUtc))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(device => device.LastSeenUtc, seen.TimeUtc)
                        .SetProperty(device => device.LastSeenAddress, seen.Address),
                    cancellationToken);
        }

        database.AddRange(entries.Where(entry => living.Contains(entry.FacilityId)));
        database.AddRange(lines.OfType<JournalLine.OfAdministrator>().Select(line => line.Entry));
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return living;
    }
}
