namespace Noctis.Portal.Tests;

/// <summary>The real clock, put forward by a test. Timers run in real time.</summary>
public sealed class SettableTime : TimeProvider
{
    private TimeSpan _ahead;

    public void Advance(TimeSpan time) => _ahead += time;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;
}
