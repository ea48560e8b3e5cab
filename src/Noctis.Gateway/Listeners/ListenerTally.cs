using Noctis.Gateway.Traffic;

namespace Noctis.Gateway.Listeners;

/// <summary>One door's state and numbers. "Today" is the day in UTC: what was counted here, and what <see cref="TodaysTraffic"/> knows of others. Thread safe.</summary>
internal sealed class ListenerTally(DateTime sinceUtc, TimeProvider time)
{
    private readonly Lock _lock = new();
    private ListenerStatus _status = new(ListenerState.Stopped, sinceUtc);
    private DateTime _day;
    private int _associations;
    private int _peakToday;
    private long _images;
    private long _bytes;
    private long _refusals;
    private ListenerFigures _ownToday;
    private ListenerFigures _othersToday;
    private bool _isDirty;

    public ListenerStatus Read()
    {
        lock (_lock)
        {
            TurnDay();
            var today = _ownToday + _othersToday;
            return _status with
            {
                ActiveAssociations = _associations,
                PeakToday = _peakToday,
                Images = _images,
                Bytes = _bytes,
                Refusals = _refusals,
                ImagesToday = today.Images,
                BytesToday = today.Bytes,
                ErrorsToday = today.Errors,
                RefusalsToday = today.Refusals,
            };
        }
    }

    /// <summary>False when the status says what it said before. The time stays as long as state and place do, so that "since" is true.</summary>
    public bool Replace(ListenerStatus status)
    {
        lock (_lock)
        {
            var isSame = _status.State == status.State && Equals(_status.EndPoint, status.EndPoint);
            var replaced = isSame ? status with { SinceUtc = _status.SinceUtc } : status;
            if (_status == replaced)
                return false;
            _status = replaced;
            return true;
        }
    }

    public void AddAssociations(int change)
    {
        lock (_lock)
        {
            TurnDay();
            _associations += change;
            _peakToday = Math.Max(_peakToday, _associations);
            _isDirty = true;
        }
    }

    public void AddImage(long bytes)
    {
        lock (_lock)
        {
            TurnDay();
            _images++;
            _bytes += bytes;
            _ownToday += new ListenerFigures(1, bytes, 0, 0);
            _isDirty = true;
        }
    }

    public void AddRefusal()
    {
        lock (_lock)
        {
            TurnDay();
            _refusals++;
            _ownToday += new ListenerFigures(0, 0, 0, 1);
            _isDirty = true;
        }
    }

    public void AddError()
    {
        lock (_lock)
        {
            TurnDay();
            _ownToday += new ListenerFigures(0, 0, 1, 0);
            _isDirty = true;
        }
    }

    /// <summary>What the door did on this day that was not counted here.</summary>
    public void SetOthers(DateTime day, ListenerFigures figures)
    {
        lock (_lock)
        {
            TurnDay();
            if (day != _day || figures == _othersToday)
                return;
            _othersToday = figures;
            _isDirty = true;
        }
    }

    /// <summary>Whether numbers changed since it was asked last.</summary>
    public bool TakeDirty()
    {
        lock (_lock)
        {
            var was = _isDirty;
            _isDirty = false;
            return was;
        }
    }

    private void TurnDay()
    {
        var today = time.GetUtcNow().UtcDateTime.Date;
        if (today == _day)
            return;
        _day = today;
        _peakToday = _associations;
        _ownToday = _othersToday = default;
    }
}
