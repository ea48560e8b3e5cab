using Noctis.Archive.Traffic;

namespace Noctis.Gateway.Traffic;

/// <summary>What is still to be added to the database. Grows while the database is away, up to a bound. Not thread safe.</summary>
internal sealed class TrafficGrowth
{
    /// <summary>A thousand facilities for two hours, or a few for days.</summary>
    internal const int MostRows = 120_000;

    private readonly Dictionary<(Guid, DateTime), TrafficMinute> _minutes = [];
    private readonly Dictionary<(Guid, long, DateOnly), DeviceDay> _days = [];

    public bool IsEmpty => _minutes.Count + _days.Count == 0;

    public IReadOnlyCollection<TrafficMinute> Minutes => _minutes.Values;

    public IReadOnlyCollection<DeviceDay> Days => _days.Values;

    /// <summary>Rows whose figures were given up because there were too many.</summary>
    public long Dropped { get; private set; }

    public void Take(Guid facilityId, DateTime startUtc, TrafficCell cell)
    {
        var isNew = !_minutes.TryGetValue((facilityId, startUtc), out var row);
        row ??= new TrafficMinute { FacilityId = facilityId, StartUtc = startUtc };
        if (cell.TakeTo(row) && isNew && HasRoom())
            _minutes.Add((facilityId, startUtc), row);
    }

    public void Take(Guid facilityId, long deviceId, DateOnly day, DeviceCell cell)
    {
        var isNew = !_days.TryGetValue((facilityId, deviceId, day), out var row);
        row ??= new DeviceDay { FacilityId = facilityId, DeviceId = deviceId, Day = day };
        if (cell.TakeTo(row) && isNew && HasRoom())
            _days.Add((facilityId, deviceId, day), row);
    }

    /// <summary>It is in the database.</summary>
    public void Clear()
    {
        _minutes.Clear();
        _days.Clear();
    }

    private bool HasRoom()
    {
        if (_minutes.Count + _days.Count < MostRows)
            return true;
        Dropped++;
        return false;
    }
}
