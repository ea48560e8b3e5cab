using Noctis.Archive;
using Noctis.Archive.Traffic;
using Noctis.Gateway.Listeners;

namespace Noctis.Gateway.Traffic;

/// <summary>
/// Tells the status board what listeners did today that this process has not counted itself: before its start, and on other nodes. Read from
/// the hours of traffic after this process's own figures were added, so that what is left when they are taken off is exactly the others'.
/// Not thread safe: for the turn of <see cref="TrafficWriter"/>.
/// </summary>
internal sealed class TodaysTraffic(TrafficQueries queries, ListenerStatusBoard board, TimeProvider time)
{
    /// <summary>How far behind the figures of other nodes may be.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private static readonly AdministratorScope Server = AdministratorScope.ForSystem("listener figures");

    private readonly Dictionary<Guid, ListenerFigures> _own = [];
    private DateTime _day;
    private long? _readAt;

    /// <summary>Notes what this process has added.</summary>
    public void Added(IEnumerable<TrafficMinute> minutes)
    {
        TurnDay();
        foreach (var minute in minutes.Where(minute => minute.StartUtc >= _day))
            _own[minute.FacilityId] = _own.GetValueOrDefault(minute.FacilityId) + new ListenerFigures(minute.Images, minute.Bytes, minute.Errors, minute.Refusals);
    }

    /// <summary>Reads what there is of today, unless that was done a moment ago.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        TurnDay();
        if (_readAt is { } readAt && time.GetElapsedTime(readAt) < Lifetime)
            return;
        var day = _day;
        var all = await queries.GetTotalsByFacilityAsync(Server, day, cancellationToken);
        board.SetOthers(day, all.ToDictionary(
            facility => facility.FacilityId,
            facility => new ListenerFigures(facility.Total.Images, facility.Total.Bytes, facility.Total.Errors, facility.Total.Refusals) - _own.GetValueOrDefault(facility.FacilityId)));
        _readAt = time.GetTimestamp();
    }

    private void TurnDay()
    {
        var today = time.GetUtcNow().UtcDateTime.Date;
        if (today == _day)
            return;
        (_day, _readAt) = (today, null);
        _own.Clear();
    }
}
