using System.Collections.Concurrent;
using Noctis.Archive.Traffic;

namespace Noctis.Gateway.Traffic;

/// <summary>
/// Counts what goes through the doors, by facility and minute and by device and day, for <see cref="TrafficLedger"/>. Associations of all
/// facilities count at once and never wait for each other, nor for the database. Thread safe.
/// </summary>
internal sealed class TrafficCounter(TimeProvider time)
{
    /// <summary>A minute that is over is dropped this much later: nobody who was about to count in it is still about to.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(Guid FacilityId, long Minute), TrafficCell> _minutes = new();
    private readonly ConcurrentDictionary<(Guid FacilityId, long DeviceId, int Day), DeviceCell> _days = new();
    private readonly ConcurrentDictionary<Guid, Active> _active = new();

    public void AssociationOpened(Guid facilityId, long? deviceId)
    {
        CellOf(facilityId).AddAssociation(_active.GetOrAdd(facilityId, static _ => new Active()).Add(1));
        if (deviceId is { } device)
            CellOf(facilityId, device).AddAssociation();
    }

    public void AssociationClosed(Guid facilityId) => _active.GetOrAdd(facilityId, static _ => new Active()).Add(-1);

    public void ImageStored(Guid facilityId, long? deviceId, long bytes, TimeSpan duration)
    {
        CellOf(facilityId).AddImage(bytes, duration);
        if (deviceId is { } device)
            CellOf(facilityId, device).AddImage(bytes);
    }

    public void Refused(Guid facilityId) => CellOf(facilityId).AddRefusal();

    public void Failed(Guid facilityId) => CellOf(facilityId).AddError();

    /// <summary>Moves what was counted since the last time into the rows of a growth. One thread at a time takes.</summary>
    public void TakeTo(TrafficGrowth growth)
    {
        // An association that lasts for minutes without a word belongs to each of them.
        foreach (var (facilityId, active) in _active)
        {
            if (active.Count > 0)
                CellOf(facilityId).RaisePeak(active.Count);
        }

        var now = time.GetUtcNow().UtcDateTime;
        foreach (var (key, cell) in _minutes)
        {
            growth.Take(key.FacilityId, new DateTime(key.Minute * TimeSpan.TicksPerMinute, DateTimeKind.Utc), cell);
            if (key.Minute < (now - Grace).Ticks / TimeSpan.TicksPerMinute)
                _minutes.TryRemove(KeyValuePair.Create(key, cell));
        }

        foreach (var (key, cell) in _days)
        {
            growth.Take(key.FacilityId, key.DeviceId, DateOnly.FromDayNumber(key.Day), cell);
            if (key.Day < DateOnly.FromDateTime(now - Grace).DayNumber)
                _days.TryRemove(KeyValuePair.Create(key, cell));
        }
    }

    private TrafficCell CellOf(Guid facilityId) =>
        _minutes.GetOrAdd((facilityId, time.GetUtcNow().Ticks / TimeSpan.TicksPerMinute), static _ => new TrafficCell());

    private DeviceCell CellOf(Guid facilityId, long deviceId) =>
        _days.GetOrAdd((facilityId, deviceId, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).DayNumber), static _ => new DeviceCell());

    /// <summary>Associations of one facility at the moment.</summary>
    private sealed class Active
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public int Add(int change) => Interlocked.Add(ref _count, change);
    }
}
