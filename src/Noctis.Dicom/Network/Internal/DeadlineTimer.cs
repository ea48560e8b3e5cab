using System.Globalization;

namespace Noctis.Dicom.Network.Internal;

/// <summary>
/// One deadline that moves. Moving it back, which happens at each read, costs a comparison: the timer below is touched only
/// when a deadline comes nearer than the one it stands at. Thread safe.
/// </summary>
internal sealed class DeadlineTimer : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Action<string> _expired;
    private readonly ITimer _timer;
    private long _deadline = long.MaxValue;
    private long _scheduled = long.MaxValue;
    private string _reason = "";
    private TimeSpan _due;

    /// <summary>Makes a timer without a deadline.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="expired">Called once, with its reason, for each deadline that passes.</param>
    public DeadlineTimer(TimeProvider time, Action<string> expired)
    {
        _time = time;
        _expired = expired;
        _timer = time.CreateTimer(static state => ((DeadlineTimer)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sets the deadline, in place of any other.</summary>
    /// <param name="due">How far away.</param>
    /// <param name="reason">What it means when it passes, in a plain sentence; {0} in it becomes the number of seconds, which costs nothing as long as it does not.</param>
    public void Start(TimeSpan due, string reason)
    {
        lock (_lock)
        {
            _deadline = _time.GetTimestamp() + ToTicks(due);
            _reason = reason;
            _due = due;
            if (_deadline < _scheduled)
                Schedule(due);
        }
    }

    /// <summary>Takes the deadline away.</summary>
    public void Stop()
    {
        lock (_lock)
            _deadline = long.MaxValue;
    }

    public void Dispose()
    {
        Stop();
        _timer.Dispose();
    }

    private void Fire()
    {
        string reason;
        lock (_lock)
        {
            _scheduled = long.MaxValue;
            if (_deadline == long.MaxValue)
                return;

            var rest = _deadline - _time.GetTimestamp();
            if (rest > 0)
            {
                Schedule(TimeSpan.FromSeconds((double)rest / _time.TimestampFrequency));
                return;
            }

            _deadline = long.MaxValue;
            reason = _reason.Replace("{0}", _due.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }

        _expired(reason);
    }

    private void Schedule(TimeSpan due)
    {
        // Timers have a resolution of a millisecond and may fire a little early by the clock's own: never schedule zero in a loop.
        if (due < TimeSpan.FromMilliseconds(1))
            due = TimeSpan.FromMilliseconds(1);
        _scheduled = _deadline;
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private long ToTicks(TimeSpan due) => (long)(due.TotalSeconds * _time.TimestampFrequency);
}
