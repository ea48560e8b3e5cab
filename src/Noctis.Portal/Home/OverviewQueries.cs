using Microsoft.Extensions.Options;
using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Integrity;
using Noctis.Archive.Journal;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Portal.Home;

/// <summary>Reads what the administrator's overview shows.</summary>
public sealed class OverviewQueries(
    FacilityQueries facilities, ArrivalQueries arrivals, FrontDoorQueries frontDoor, FaultQueries faults, StorageSettingsQueries quotas,
    IOptions<StorageOptions> storage, TimeProvider time)
{
    private const int Strays = 200;

    public async Task<OverviewFigures> ReadAsync(AdministratorScope scope, DateTime todaySinceUtc, CancellationToken cancellationToken)
    {
        return new OverviewFigures(
            await facilities.ListAsync(scope, cancellationToken),
            (await arrivals.GetTotalsByFacilityAsync(scope, cancellationToken)).ToDictionary(totals => totals.FacilityId),
            await arrivals.GetCountsAsync(scope, todaySinceUtc, cancellationToken),
            await frontDoor.LatestAsync(scope, Strays, cancellationToken),
            DiskSpace.Of(storage.Value.Path),
            await faults.CountByFacilityAsync(scope, cancellationToken),
            await quotas.ListStandingsAsync(scope, cancellationToken));
    }

    /// <summary>What arrived at all facilities together, in the last 24 hours or 30 days, hour by hour.</summary>
    public Task<IReadOnlyList<ArrivalPoint>> ReadArrivalsAsync(AdministratorScope scope, bool month, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return arrivals.GetArrivalsAsync(scope, month ? now - ArrivalSeries.Reach : now.AddHours(-23), now, cancellationToken);
    }
}
