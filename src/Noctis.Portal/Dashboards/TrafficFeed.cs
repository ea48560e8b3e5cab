using Noctis.Archive;
using Noctis.Archive.Traffic;

namespace Noctis.Portal.Dashboards;

/// <summary>
/// Tells open dashboards that there is new traffic, whichever server took it: while at least one is open, a single small query every few seconds
/// finds out for all of them. Thread safe.
/// </summary>
public sealed class TrafficFeed(TrafficQueries traffic, TimeProvider time, ILogger<TrafficFeed> logger) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    /// <summary>A server that is behind with its counting adds to minutes that are over.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromMinutes(3);

    private static readonly AdministratorScope Scope = AdministratorScope.ForSystem("traffic feed");

    private readonly Lock _lock = new();
    private readonly List<Subscription> _subscriptions = [];
    private Dictionary<Guid, TrafficPoint> _last = [];
    private DateTime _lastMinute;
    private ITimer? _timer;
    private int _isBusy;

    /// <summary>Of one facility. The handler is called on a thread of the pool and must be quick.</summary>
    public IDisposable Subscribe(FacilityScope scope, Action handler)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return Add(new Subscription(this, scope.FacilityId, handler));
    }

    /// <summary>Of all facilities.</summary>
    public IDisposable Subscribe(AdministratorScope scope, Action handler)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return Add(new Subscription(this, null, handler));
    }

    /// <summary>Looks now, and tells whom it concerns.</summary>
    internal async Task RefreshAsync()
    {
        var now = time.GetUtcNow().UtcDateTime;
        var found = (await traffic.GetMinuteTotalsByFacilityAsync(Scope, now - Reach)).ToDictionary(facility => facility.FacilityId, facility => facility.Total);
        var minute = new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc);
        List<Subscription> told;
        lock (_lock)
        {
            // With each minute the charts move on, though nothing came.
            var turned = minute != _lastMinute;
            var changed = found.Where(pair => _last.GetValueOrDefault(pair.Key) != pair.Value).Select(pair => pair.Key).ToHashSet();
            (_last, _lastMinute) = (found, minute);
            told = [.. _subscriptions.Where(subscription => turned || (subscription.FacilityId is { } id ? changed.Contains(id) : changed.Count > 0))];
        }

        foreach (var subscription in told)
            subscription.Handler();
    }

    public void Dispose() => _timer?.Dispose();

    private Subscription Add(Subscription subscription)
    {
        lock (_lock)
        {
            _subscriptions.Add(subscription);
            _timer ??= time.CreateTimer(_ => _ = TickAsync(), null, Interval, Interval);
        }

        return subscription;
    }

    private void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            _subscriptions.Remove(subscription);
            if (_subscriptions.Count > 0)
                return;
            _timer?.Dispose();
            _timer = null;
        }
    }

    private async Task TickAsync()
    {
        if (Interlocked.Exchange(ref _isBusy, 1) == 1)
            return;
        try
        {
            await RefreshAsync();
        }
        catch (Exception exception)
        {
            // The pages keep what they show; the next look may find the database back.
            Log.TrafficNotRead(logger, exception);
        }
        finally
        {
            Volatile.Write(ref _isBusy, 0);
        }
    }

    private sealed record Subscription(TrafficFeed Feed, Guid? FacilityId, Action Handler) : IDisposable
    {
        public void Dispose() => Feed.Remove(this);
    }
}
