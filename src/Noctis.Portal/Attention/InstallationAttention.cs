using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Components;
using Noctis.Portal.Home;

namespace Noctis.Portal.Attention;

/// <summary>
/// What needs attention anywhere, for administrators. Nothing of it is stored: each kind is worked out from the data and kept for seconds, so that
/// ten open pages cost no more than one; the state of listeners is memory, and always as it is now. Thread safe.
/// </summary>
public sealed class InstallationAttention(IEnumerable<IAttentionSource> sources, FacilityQueries facilities, IListenerStatusSource listeners, TimeProvider time)
    : IDisposable
{
    private readonly List<Kept> _kept = [.. sources.Select(source => new Kept(source))];

    /// <summary>The worst first, and of those equally bad the newest: what has just broken is what somebody can still save.</summary>
    public async Task<IReadOnlyList<AttentionItem>> FindAsync(AdministratorScope scope, CancellationToken cancellationToken = default)
    {
        var places = (await facilities.ListAsync(scope, cancellationToken))
            .Where(facility => facility.State != FacilityState.Deleting)
            .ToDictionary(facility => facility.Id, AttentionPlace.Of);
        var found = new List<AttentionItem>();
        foreach (var kept in _kept)
            found.AddRange(await kept.GetAsync(scope, places, time, cancellationToken));
        // Whoever is told that the certificate is at fault needs not be told that the listener has a fault.
        var explained = found.Where(item => item.ExplainsListener && item.FacilityId is not null).Select(item => item.FacilityId!.Value).ToHashSet();
        found.AddRange(places.Values
            .Where(place => place.State == FacilityState.Active && !explained.Contains(place.Id))
            .SelectMany(place => FacilityAttention.OfListener(place, listeners.Get(place.Id)).Select(item => item.At(place))));
        if (listeners.SharedDoor is { State: ListenerState.Failed } shared)
            found.Add(new AttentionItem(StatusKind.Bad, "The shared door is not listening", $"{shared.Reason} {shared.Remedy}".Trim()) { SinceUtc = shared.SinceUtc });
        return Ranked(found);
    }

    /// <summary>In the order of <see cref="FindAsync"/>.</summary>
    public static IReadOnlyList<AttentionItem> Ranked(IEnumerable<AttentionItem> items) =>
        [.. items.OrderBy(item => item.Kind == StatusKind.Bad ? 0 : 1).ThenByDescending(item => item.SinceUtc ?? DateTime.MinValue)
            .ThenBy(item => item.FacilityName, StringComparer.InvariantCultureIgnoreCase)];

    public void Dispose() => _kept.ForEach(kept => kept.Dispose());

    private sealed class Kept(IAttentionSource source) : IDisposable
    {
        private readonly SemaphoreSlim _one = new(1);
        private IReadOnlyList<AttentionItem>? _items;
        private HashSet<Guid> _places = [];
        private DateTimeOffset _until;

        public void Dispose() => _one.Dispose();

        public async Task<IReadOnlyList<AttentionItem>> GetAsync(
            AdministratorScope scope, Dictionary<Guid, AttentionPlace> places, TimeProvider time, CancellationToken cancellationToken)
        {
            await _one.WaitAsync(cancellationToken);
            try
            {
                if (_items is null || time.GetUtcNow() >= _until || !_places.SetEquals(places.Keys))
                {
                    _items = await source.FindAsync(scope, places, cancellationToken);
                    _places = [.. places.Keys];
                    _until = time.GetUtcNow() + source.Lifetime;
                }

                return _items;
            }
            finally
            {
                _one.Release();
            }
        }
    }
}
