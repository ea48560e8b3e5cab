using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Traffic;
using Noctis.Portal.Home;

namespace Noctis.Portal.Attention;

/// <summary>Devices that have been silent for longer than is their habit. Habits are of days: minutes make no difference.</summary>
internal sealed class SilenceAttention(TrafficQueries traffic, DeviceQueries devices, TimeProvider time) : IAttentionSource
{
    public TimeSpan Lifetime => TimeSpan.FromMinutes(5);

    public async Task<IReadOnlyList<AttentionItem>> FindAsync(AdministratorScope scope, IReadOnlyDictionary<Guid, AttentionPlace> places, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var days = await traffic.GetDaysOfUnseenAsync(scope, DateOnly.FromDateTime(now).AddDays(-DeviceHabit.DaysBack), now - FacilityAttention.Patience, cancellationToken);
        return [.. (await devices.ListAsync(scope, cancellationToken))
            .Where(device => places.GetValueOrDefault(device.FacilityId) is { State: FacilityState.Active })
            .GroupBy(device => device.FacilityId)
            .SelectMany(group => FacilityAttention.Silent(places[group.Key], [.. group], days, now).Select(item => item.At(places[group.Key])))];
    }
}
