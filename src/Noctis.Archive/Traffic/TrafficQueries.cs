using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.Traffic;

/// <summary>
/// Charts and sums of the traffic at the front doors, from rows that the gateway adds to every few seconds: none of them reads the journal. Thread safe.
/// </summary>
public sealed class TrafficQueries(INoctisDbContextFactory databases, ICrossTenantDbContextFactory acrossFacilities)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>A facility's traffic minute by minute, those without any filled in. Minutes are kept for <see cref="TrafficMinute.DaysKept"/> days.</summary>
    public async Task<IReadOnlyList<TrafficPoint>> GetMinutesAsync(FacilityScope scope, DateTime fromUtc, DateTime toUtc, CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateFor(scope);
        return await ReadAsync<TrafficMinute>(database, fromUtc, toUtc, Minute, cancellationToken);
    }

    /// <summary>The same for all facilities together.</summary>
    public async Task<IReadOnlyList<TrafficPoint>> GetMinutesAsync(AdministratorScope scope, DateTime fromUtc, DateTime toUtc, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = acrossFacilities.CreateAcrossFacilities();
        return await ReadAsync<TrafficMinute>(database, fromUtc, toUtc, Minute, cancellationToken);
    }

    /// <summary>A facility's traffic hour by hour, those without any filled in. Hours are kept for <see cref="TrafficHour.DaysKept"/> days.</summary>
    public async Task<IReadOnlyList<TrafficPoint>> GetHoursAsync(FacilityScope scope, DateTime fromUtc, DateTime toUtc, CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateFor(scope);
        return await ReadAsync<TrafficHour>(database, fromUtc, toUtc, Hour, cancellationToken);
    }

    /// <summary>The same for all facilities together.</summary>
    public async Task<IReadOnlyList<TrafficPoint>> GetHoursAsync(AdministratorScope scope, DateTime fromUtc, DateTime toUtc, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = acrossFacilities.CreateAcrossFacilities();
        return await ReadAsync<TrafficHour>(database, fromUtc, toUtc, Hour, cancellationToken);
    }

    /// <summary>A facility's traffic since a moment, such as midnight in the viewer's zone, by whole hours: an hour that the moment cuts counts as a whole.</summary>
    public async Task<TrafficPoint> GetTotalAsync(FacilityScope scope, DateTime sinceUtc, CancellationToken cancellationToken = default)
    {
        var start = Floor(sinceUtc, Hour);
        await using var database = databases.CreateFor(scope);
        // One facility: the peak of the stretch is the highest of its hours.
        var total = await Since(database, start).GroupBy(_ => 1)
            .Select(group => new TrafficPoint(
                start, group.Sum(row => (long)row.Associations), group.Sum(row => (long)row.Refusals), group.Sum(row => (long)row.Images),
                group.Sum(row => row.Bytes), group.Sum(row => row.StoreMs), group.Max(row => row.PeakAssociations), group.Sum(row => (long)row.Errors)))
            .SingleOrDefaultAsync(cancellationToken);
        return total ?? Nothing(start);
    }

    /// <summary>The same for each facility that had any.</summary>
    public async Task<IReadOnlyList<FacilityTraffic>> GetTotalsByFacilityAsync(AdministratorScope scope, DateTime sinceUtc, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = acrossFacilities.CreateAcrossFacilities();
        return await ReadTotalsAsync<TrafficHour>(database, Floor(sinceUtc, Hour), cancellationToken);
    }

    /// <summary>The same by whole minutes, for stretches of hours: minutes are kept for <see cref="TrafficMinute.DaysKept"/> days.</summary>
    public async Task<IReadOnlyList<FacilityTraffic>> GetMinuteTotalsByFacilityAsync(AdministratorScope scope, DateTime sinceUtc, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = acrossFacilities.CreateAcrossFacilities();
        return await ReadTotalsAsync<TrafficMinute>(database, Floor(sinceUtc, Minute), cancellationToken);
    }

    /// <summary>What a facility's devices did, day by day in UTC; days on which a device did nothing are not in it.</summary>
    public async Task<IReadOnlyList<DeviceDay>> GetDeviceDaysAsync(FacilityScope scope, DateOnly since, CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateFor(scope);
        return await ReadDaysAsync(database, since, cancellationToken);
    }

    /// <summary>The same for the devices of all facilities.</summary>
    public async Task<IReadOnlyList<DeviceDay>> GetDeviceDaysAsync(AdministratorScope scope, DateOnly since, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = acrossFacilities.CreateAcrossFacilities();
        return await ReadDaysAsync(database, since, cancellationToken);
    }

    /// <summary>On which days devices were active that have not been seen since a moment, and are still expected to be: those that may be missed, of all facilities.</summary>
    public async Task<ILookup<long, DateOnly>> GetDaysOfUnseenAsync(AdministratorScope scope, DateOnly since, DateTime unseenSinceUtc, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = acrossFacilities.CreateAcrossFacilities();
        var days = await (
            from device in database.Devices
            where device.IsActive && device.LastSeenUtc < unseenSinceUtc
            join day in database.Set<DeviceDay>() on new { device.FacilityId, DeviceId = device.Id } equals new { day.FacilityId, day.DeviceId }
            where day.Day >= since
            select new { day.DeviceId, day.Day }).ToListAsync(cancellationToken);
        return days.ToLookup(day => day.DeviceId, day => day.Day);
    }

    /// <summary>The moment at which the stretch that holds this one begins.</summary>
    internal static DateTime Floor(DateTime utc, TimeSpan stretch) => new(utc.Ticks - (utc.Ticks % stretch.Ticks), DateTimeKind.Utc);

    private static IQueryable<TrafficHour> Since(NoctisDbContext database, DateTime start) => database.Set<TrafficHour>().Where(row => row.StartUtc >= start);

    private static async Task<IReadOnlyList<TrafficPoint>> ReadAsync<T>(
        NoctisDbContext database, DateTime fromUtc, DateTime toUtc, TimeSpan stretch, CancellationToken cancellationToken)
        where T : TrafficRow
    {
        var first = Floor(fromUtc, stretch);
        var found = await database.Set<T>()
            .Where(row => row.StartUtc >= first && row.StartUtc < toUtc)
            .GroupBy(row => row.StartUtc)
            .Select(group => new TrafficPoint(
                group.Key, group.Sum(row => (long)row.Associations), group.Sum(row => (long)row.Refusals), group.Sum(row => (long)row.Images),
                group.Sum(row => row.Bytes), group.Sum(row => row.StoreMs), group.Sum(row => row.PeakAssociations), group.Sum(row => (long)row.Errors)))
            .ToDictionaryAsync(point => point.StartUtc, cancellationToken);
        var points = new List<TrafficPoint>();
        for (var time = first; time < toUtc; time += stretch)
            points.Add(found.GetValueOrDefault(time) ?? Nothing(time));
        return points;
    }

    private static async Task<IReadOnlyList<FacilityTraffic>> ReadTotalsAsync<T>(NoctisDbContext database, DateTime start, CancellationToken cancellationToken)
        where T : TrafficRow =>
        await database.Set<T>().Where(row => row.StartUtc >= start).GroupBy(row => row.FacilityId)
            .Select(group => new FacilityTraffic(group.Key, new TrafficPoint(
                start, group.Sum(row => (long)row.Associations), group.Sum(row => (long)row.Refusals), group.Sum(row => (long)row.Images),
                group.Sum(row => row.Bytes), group.Sum(row => row.StoreMs), group.Max(row => row.PeakAssociations), group.Sum(row => (long)row.Errors))))
            .ToListAsync(cancellationToken);

    private static async Task<IReadOnlyList<DeviceDay>> ReadDaysAsync(NoctisDbContext database, DateOnly since, CancellationToken cancellationToken) =>
        await database.Set<DeviceDay>().AsNoTracking().Where(day => day.Day >= since)
            .OrderBy(day => day.DeviceId).ThenBy(day => day.Day).ToListAsync(cancellationToken);

    private static TrafficPoint Nothing(DateTime startUtc) => new(startUtc, 0, 0, 0, 0, 0, 0, 0);
}
