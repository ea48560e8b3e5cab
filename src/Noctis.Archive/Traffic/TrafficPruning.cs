using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.Traffic;

/// <summary>Removes figures that are older than charts go back, a stretch at a time with a pause after each, since devices send meanwhile.</summary>
public sealed class TrafficPruning(ICrossTenantDbContextFactory databases, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <returns>How many rows were removed.</returns>
    public async Task<long> RunAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return await RemoveAsync<TrafficMinute>(now.AddDays(-TrafficMinute.DaysKept), TimeSpan.FromMinutes(2), cancellationToken)
            + await RemoveAsync<TrafficHour>(now.AddDays(-TrafficHour.DaysKept), TimeSpan.FromHours(1), cancellationToken)
            + await RemoveDaysAsync(DateOnly.FromDateTime(now).AddDays(-DeviceDay.DaysKept), cancellationToken);
    }

    private async Task<long> RemoveAsync<T>(DateTime kept, TimeSpan atOnce, CancellationToken cancellationToken)
        where T : TrafficRow
    {
        long removed = 0;
        await using var database = databases.CreateAcrossFacilities();
        while (await database.Set<T>().Where(row => row.StartUtc < kept).MinAsync(row => (DateTime?)row.StartUtc, cancellationToken) is { } oldest)
        {
            var until = oldest + atOnce < kept ? oldest + atOnce : kept;
            removed += await database.Set<T>().Where(row => row.StartUtc < until).ExecuteDeleteAsync(cancellationToken);
            await Task.Delay(Pause, time, cancellationToken);
        }

        return removed;
    }

    private async Task<long> RemoveDaysAsync(DateOnly kept, CancellationToken cancellationToken)
    {
        long removed = 0;
        await using var database = databases.CreateAcrossFacilities();
        while (await database.Set<DeviceDay>().Where(day => day.Day < kept).MinAsync(day => (DateOnly?)day.Day, cancellationToken) is { } oldest)
        {
            removed += await database.Set<DeviceDay>().Where(day => day.Day == oldest).ExecuteDeleteAsync(cancellationToken);
            await Task.Delay(Pause, time, cancellationToken);
        }

        return removed;
    }
}
