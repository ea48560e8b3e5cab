using Microsoft.Extensions.Options;
using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Portal.Home;

/// <summary>Reads what the administrator's overview shows.</summary>
public sealed class OverviewQueries(
    FacilityQueries facilities, ArrivalQueries arrivals, StorageSettingsQueries settings, IOptions<StorageOptions> storage, TimeProvider time)
{
    public async Task<OverviewFigures> ReadAsync(AdministratorScope scope, DateTime todaySinceUtc, CancellationToken cancellationToken)
    {
        return new OverviewFigures(
            await facilities.ListAsync(scope, cancellationToken),
            (await arrivals.GetTotalsByFacilityAsync(scope, cancellationToken)).ToDictionary(totals => totals.FacilityId),
            await arrivals.GetCountsAsync(scope, todaySinceUtc, cancellationToken),
            DiskSpace.Of(storage.Value.Path))
        {
            SomeCleanUp = await settings.DoSomeCleanUpAsync(scope, cancellationToken),
        };
    }

    /// <summary>What arrived at all facilities together, in the last 24 hours or 30 days, hour by hour.</summary>
    public Task<IReadOnlyList<ArrivalPoint>> ReadArrivalsAsync(AdministratorScope scope, bool month, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return arrivals.GetArrivalsAsync(scope, month ? now - ArrivalSeries.Reach : now.AddHours(-23), now, cancellationToken);
    }
}
