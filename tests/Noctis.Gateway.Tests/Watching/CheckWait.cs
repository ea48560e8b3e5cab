using Noctis.Gateway.Watching;

namespace Noctis.Gateway.Tests.Watching;

/// <summary>Waits for what is pushed.</summary>
internal static class CheckWait
{
    /// <summary>The newest attempt of which this is true, once there is one.</summary>
    public static async Task<ConnectionAttempt> UntilAsync(this ConnectionCheck check, Func<ConnectionAttempt, bool> condition)
    {
        using var changed = new SemaphoreSlim(0);
        void Note() => changed.Release();
        check.Changed += Note;
        try
        {
            while (true)
            {
                if (check.Attempts.FirstOrDefault(condition) is { } found)
                    return found;
                if (!await changed.WaitAsync(TimeSpan.FromSeconds(30)))
                    throw new TimeoutException($"Not among the attempts: {string.Join("; ", check.Attempts)}");
            }
        }
        finally
        {
            check.Changed -= Note;
        }
    }
}
