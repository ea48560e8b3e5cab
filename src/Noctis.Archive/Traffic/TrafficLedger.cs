using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Database.Providers;
using Noctis.Archive.Facilities;

namespace Noctis.Archive.Traffic;

/// <summary>Adds what a node has counted to the rows in the database, which other nodes add to as well. Thread safe.</summary>
public sealed class TrafficLedger
{
    private const int Attempts = 5;

    private readonly ICrossTenantDbContextFactory _databases;
    private readonly WriteTurns? _turns;

    public TrafficLedger(ICrossTenantDbContextFactory databases)
        : this(databases, null)
    {
    }

    internal TrafficLedger(ICrossTenantDbContextFactory databases, WriteTurns? turns) => (_databases, _turns) = (databases, turns);

    /// <summary>Adds all or nothing. What is of a facility that is gone, or about to go, is left out.</summary>
    /// <param name="minutes">What each minute grew by; the hours grow by the same.</param>
    /// <param name="days">What each day of a device grew by.</param>
    /// <param name="cancellationToken">Ends it; nothing is added then.</param>
    public async Task AddAsync(IReadOnlyCollection<TrafficMinute> minutes, IReadOnlyCollection<DeviceDay> days, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await AddOnceAsync(minutes, days, cancellationToken);
                return;
            }
            catch (Exception exception) when (attempt < Attempts && exception is DbUpdateException or DbException { IsTransient: true })
            {
                // Another node made the row first, and the next attempt finds it; or a facility went away meanwhile.
            }
        }
    }

    private async Task AddOnceAsync(IReadOnlyCollection<TrafficMinute> minutes, IReadOnlyCollection<DeviceDay> days, CancellationToken cancellationToken)
    {
        var asked = minutes.Select(minute => minute.FacilityId).Concat(days.Select(day => day.FacilityId)).Distinct().ToList();
        await using var database = _databases.CreateAcrossFacilities();
        var living = await database.Facilities
            .Where(facility => asked.Contains(facility.Id) && facility.State != FacilityState.Deleting)
            .Select(facility => facility.Id)
            .ToHashSetAsync(cancellationToken);
        var hours = minutes
            .GroupBy(minute => (minute.FacilityId, StartUtc: TrafficQueries.Floor(minute.StartUtc, TimeSpan.FromHours(1))))
            .Select(group => Sum(group, group.Key.FacilityId, group.Key.StartUtc));

        await database.Database.OpenConnectionAsync(cancellationToken);
        using var turn = _turns is null ? default : await _turns.TakeLaterAsync(cancellationToken);
        // In one order on every node, so that they wait for each other and never in a circle.
        await using var transaction = await DatabaseProvider.Of(database.Database).BeginUnhurriedAsync(database, cancellationToken);
        foreach (var minute in InOrder(minutes, living))
            await AddAsync(database, minute, cancellationToken);
        foreach (var hour in InOrder(hours, living))
            await AddAsync(database, hour, cancellationToken);
        foreach (var day in days.Where(day => living.Contains(day.FacilityId)).OrderBy(day => day.FacilityId).ThenBy(day => day.DeviceId).ThenBy(day => day.Day))
            await AddAsync(database, day, cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static IEnumerable<T> InOrder<T>(IEnumerable<T> rows, HashSet<Guid> living)
        where T : TrafficRow =>
        rows.Where(row => living.Contains(row.FacilityId)).OrderBy(row => row.FacilityId).ThenBy(row => row.StartUtc);

    private static async Task AddAsync<T>(NoctisDbContext database, T growth, CancellationToken cancellationToken)
        where T : TrafficRow
    {
        var updated = await database.Set<T>()
            .Where(row => row.FacilityId == growth.FacilityId && row.StartUtc == growth.StartUtc)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.Associations, row => row.Associations + growth.Associations)
                    .SetProperty(row => row.Refusals, row => row.Refusals + growth.Refusals)
                    .SetProperty(row => row.Images, row => row.Images + growth.Images)
                    .SetProperty(row => row.Bytes, row => row.Bytes + growth.Bytes)
                    .SetProperty(row => row.StoreMs, row => row.StoreMs + growth.StoreMs)
                    .SetProperty(row => row.PeakAssociations, row => row.PeakAssociations < growth.PeakAssociations ? growth.PeakAssociations : row.PeakAssociations)
                    .SetProperty(row => row.Errors, row => row.Errors + growth.Errors),
                cancellationToken);
        if (updated == 0)
            database.Add(growth);
    }

    private static async Task AddAsync(NoctisDbContext database, DeviceDay growth, CancellationToken cancellationToken)
    {
        var updated = await database.Set<DeviceDay>()
            .Where(day => day.FacilityId == growth.FacilityId && day.DeviceId == growth.DeviceId && day.Day == growth.Day)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(day => day.Associations, day => day.Associations + growth.Associations)
                    .SetProperty(day => day.Images, day => day.Images + growth.Images)
                    .SetProperty(day => day.Bytes, day => day.Bytes + growth.Bytes),
                cancellationToken);
        if (updated == 0)
            database.Add(growth);
    }

    private static TrafficHour Sum(IEnumerable<TrafficMinute> minutes, Guid facilityId, DateTime startUtc)
    {
        var hour = new TrafficHour { FacilityId = facilityId, StartUtc = startUtc };
        foreach (var minute in minutes)
        {
            hour.Associations += minute.Associations;
            hour.Refusals += minute.Refusals;
            hour.Images += minute.Images;
            hour.Bytes += minute.Bytes;
            hour.StoreMs += minute.StoreMs;
            hour.PeakAssociations = Math.Max(hour.PeakAssociations, minute.PeakAssociations);
            hour.Errors += minute.Errors;
        }

        return hour;
    }
}
