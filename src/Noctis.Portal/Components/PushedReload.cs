namespace Noctis.Portal.Components;

/// <summary>
/// Makes a trickle of reloads out of a flood of news: the first is answered at once, those that come while it runs or shortly
/// after are answered together. Never two reloads at a time. Thread safe.
/// </summary>
internal sealed class PushedReload : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Func<Task> _reload;
    private readonly TimeSpan _pause;
    private readonly ITimer _timer;
    private bool _isBusy;
    private bool _isWanted;
    private bool _isDisposed;

    /// <param name="time">The clock.</param>
    /// <param name="pause">From the end of one reload to the beginning of the next.</param>
    /// <param name="reload">Called on a thread of the pool; a component passes it on to InvokeAsync, and handles what fails.</param>
    public PushedReload(TimeProvider time, TimeSpan pause, Func<Task> reload)
    {
        (_reload, _pause) = (reload, pause);
        _timer = time.CreateTimer(_ => _ = RunAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>There is news.</summary>
    public void Request()
    {
        lock (_gate)
        {
            _isWanted = true;
            if (_isBusy || _isDisposed)
                return;
            _isBusy = true;
            _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task RunAsync()
    {
        lock (_gate)
        {
            if (!_isWanted || _isDisposed)
            {
                _isBusy = false;
                return;
            }

            _isWanted = false;
        }

        try
        {
            await _reload();
        }
        finally
        {
            lock (_gate)
            {
                if (!_isDisposed)
                    _timer.Change(_pause, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer.Dispose();
        }
    }
}
