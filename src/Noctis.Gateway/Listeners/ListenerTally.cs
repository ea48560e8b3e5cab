namespace Noctis.Gateway.Listeners;

/// <summary>One door's state and numbers. "Today" is the day in UTC, or what is left of it since the server started. Thread safe.</summary>
internal sealed class ListenerTally(DateTime sinceUtc, TimeProvider time)
{
    private readonly Lock _lock = new();
    private ListenerStatus _status = new(ListenerState.Stopped, sinceUtc);
    private DateTime _day;
    private int _associations;
    private int _peakToday;
    private long _images;
    private long _refusals;
    private long _imagesToday;
    private long _bytesToday;
    private long _errorsToday;
    private long _refusalsToday;
    private bool _isDirty;

    public ListenerStatus Read()
    {
        lock (_lock)
        {
            TurnDay();
            return _status with
            {
                ActiveAssociations = _associations,
                PeakToday = _peakToday,
                Images = _images,
                Refusals = _refusals,
                ImagesToday = _imagesToday,
                BytesToday = _bytesToday,
                ErrorsToday = _errorsToday,
                RefusalsToday = _refusalsToday,
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
            _imagesToday++;
            _bytesToday += bytes;
            _isDirty = true;
        }
    }

    public void AddRefusal()
    {
        lock (_lock)
        {
            TurnDay();
            _refusals++;
            _refusalsToday++;
            _isDirty = true;
        }
    }

    public void AddError()
    {
        lock (_lock)
        {
            TurnDay();
            _errorsToday++;
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
        _imagesToday = _bytesToday = _errorsToday = _refusalsToday = 0;
    }
}
