using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Integrity;
using Noctis.Archive.Journal;
using Noctis.Archive.Quarantine;
using Noctis.Archive.SelfTests;
using Noctis.Archive.Studies;
using Noctis.Archive.Traffic;
using Noctis.Portal.Attention;
using Noctis.Portal.Facilities;

namespace Noctis.Portal.Home;

/// <summary>Reads what Home shows.</summary>
public sealed class HomeQueries(ArrivalQueries arrivals, StudyQueries studies, JournalQueries journal, DeviceQueries devices, FaultQueries faults, FacilityConcernQueries concerns,
    TrafficQueries traffic, SelfTestQueries tests, QuarantineQueries quarantine, TimeProvider time)
{
    private const int LatestStudies = 8;

    public async Task<HomeFigures> ReadAsync(FacilityScope scope, DateTime todaySinceUtc, CancellationToken cancellationToken)
    {
        var refusals = await journal.LatestRefusalsAsync(scope, RefusedCaller.Depth, cancellationToken);
        var registered = await devices.ListAsync(scope, cancellationToken);
        return new HomeFigures(
            await arrivals.GetCountsAsync(scope, todaySinceUtc, cancellationToken),
            await studies.GetLatestAsync(scope, LatestStudies, cancellationToken),
            await journal.CountRefusalsAsync(scope, todaySinceUtc, cancellationToken),
            RefusedCaller.Find(refusals, registered, time.GetUtcNow().UtcDateTime),
            refusals,
            registered,
            await faults.CountAsync(scope, cancellationToken),
            await concerns.ReadAsync(scope, cancellationToken))
        {
            DeviceDays = await traffic.GetDeviceDaysAsync(scope, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-DeviceHabit.DaysBack), cancellationToken),
            Quarantine = await quarantine.GetTotalsAsync(scope, cancellationToken),
            SelfTests = await tests.ListLastAsync(scope, cancellationToken),
        };
    }

    public Task<IReadOnlyList<ArrivalPoint>> ReadArrivalsAsync(FacilityScope scope, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return arrivals.GetArrivalsAsync(scope, now - ArrivalSeries.Reach, now, cancellationToken);
    }
}
