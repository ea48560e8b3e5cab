using Microsoft.Extensions.Options;
using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Studies;
using Noctis.Archive.Traffic;

namespace Noctis.Portal.Dashboards;

/// <summary>Reads what dashboards show.</summary>
public sealed class DashboardQueries(TrafficQueries traffic, FacilityQueries facilities, ArrivalQueries arrivals, IOptions<DatabaseOptions> database)
{
    /// <summary>Other servers may take associations too, of whose moment this one is not told.</summary>
    public bool AreShared => database.Value.Kind != DatabaseProviderKind.Sqlite;

    public Task<IReadOnlyList<TrafficPoint>> ReadAsync(FacilityScope scope, DashboardRange range, DateTime fromUtc, DateTime toUtc, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(range);
        return range.IsByMinutes ? traffic.GetMinutesAsync(scope, fromUtc, toUtc, cancellationToken) : traffic.GetHoursAsync(scope, fromUtc, toUtc, cancellationToken);
    }

    /// <summary>Of all facilities together.</summary>
    public Task<IReadOnlyList<TrafficPoint>> ReadAsync(AdministratorScope scope, DashboardRange range, DateTime fromUtc, DateTime toUtc, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(range);
        return range.IsByMinutes ? traffic.GetMinutesAsync(scope, fromUtc, toUtc, cancellationToken) : traffic.GetHoursAsync(scope, fromUtc, toUtc, cancellationToken);
    }

    /// <summary>Every facility with what it did since a moment, in no order.</summary>
    public async Task<IReadOnlyList<RankedFacility>> RankAsync(AdministratorScope scope, DashboardRange range, DateTime fromUtc, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(range);
        var all = await facilities.ListAsync(scope, cancellationToken);
        var totals = range.IsByMinutes
            ? await traffic.GetMinuteTotalsByFacilityAsync(scope, fromUtc, cancellationToken)
            : await traffic.GetTotalsByFacilityAsync(scope, fromUtc, cancellationToken);
        var received = (await arrivals.GetTotalsByFacilityAsync(scope, cancellationToken)).ToDictionary(total => total.FacilityId, total => (DateTime?)total.LastReceivedUtc);
        var byFacility = totals.ToDictionary(total => total.FacilityId, total => total.Total);
        return [.. all.Select(facility => new RankedFacility(
            facility.Id, facility.Name, facility.State, byFacility.GetValueOrDefault(facility.Id) ?? new TrafficPoint(fromUtc, 0, 0, 0, 0, 0, 0, 0), received.GetValueOrDefault(facility.Id)))];
    }
}
