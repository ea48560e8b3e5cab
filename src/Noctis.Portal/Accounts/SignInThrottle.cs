using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Noctis.Portal.Hosting;

namespace Noctis.Portal.Accounts;

/// <summary>
/// Counts wrong passwords by the name given, whether or not there is such an account: Identity's lockout counts for accounts alone,
/// and would tell the two apart. In memory and bounded; the lockout in the database holds across nodes and restarts.
/// </summary>
public sealed class SignInThrottle(IOptions<PortalOptions> options, TimeProvider time)
{
    public const int Capacity = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Failures> _failures = [];

    public bool IsLockedOut(string userName)
    {
        lock (_lock)
            return _failures.TryGetValue(Key(userName), out var failures) && failures.LockedUntil > time.GetUtcNow();
    }

    /// <summary>True when this failure, or an earlier one, locks the name out.</summary>
    public bool Failed(string userName)
    {
        var settings = options.Value;
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (_failures.Count >= Capacity)
                Shrink(now, settings.LockoutTime);
            var key = Key(userName);
            var earlier = _failures.TryGetValue(key, out var found) && now - found.Last < settings.LockoutTime ? found.Count : 0;
            var locked = earlier + 1 >= settings.LockoutAttempts;
            _failures[key] = locked
                ? new Failures(0, now, now + settings.LockoutTime)
                : new Failures(earlier + 1, now, default);
            return locked;
        }
    }

    public void Succeeded(string userName)
    {
        lock (_lock)
            _failures.Remove(Key(userName));
    }

    // Names may be any text: a hash keeps the entries small.
    private static string Key(string userName) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(userName.Trim().ToUpperInvariant())));

    private void Shrink(DateTimeOffset now, TimeSpan memory)
    {
        foreach (var (key, failures) in _failures)
        {
            if (now - failures.Last >= memory)
                _failures.Remove(key);
        }

        // A flood of made-up names: forgetting all is better than growing or than locking everyone out.
        if (_failures.Count >= Capacity)
            _failures.Clear();
    }

    private readonly record struct Failures(int Count, DateTimeOffset Last, DateTimeOffset LockedUntil);
}
