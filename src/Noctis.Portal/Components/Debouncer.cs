namespace Noctis.Portal.Components;

/// <summary>Runs something once nothing was asked for a while: after the last key, not after each.</summary>
internal sealed class Debouncer : IDisposable
{
    /// <summary>Short enough to feel immediate, long enough not to ask the database for each letter.</summary>
    public static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(250);

    private readonly ITimer _timer;

    /// <param name="time">The clock.</param>
    /// <param name="work">Called on a thread of the pool; a component passes it on to InvokeAsync.</param>
    public Debouncer(TimeProvider time, Func<Task> work) =>
        _timer = time.CreateTimer(_ => _ = work(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Starts the wait again.</summary>
    public void Restart() => _timer.Change(TypingPause, Timeout.InfiniteTimeSpan);

    public void Cancel() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Dispose() => _timer.Dispose();
}
