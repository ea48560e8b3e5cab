using Noctis.Archive;
using Noctis.Archive.SelfTests;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Home;

namespace Noctis.Portal.Attention;

/// <summary>Listeners that do not answer when they are tested.</summary>
internal sealed class SelfTestAttention(SelfTestQueries tests, IListenerStatusSource listeners) : IAttentionSource
{
    public TimeSpan Lifetime => TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<AttentionItem>> FindAsync(AdministratorScope scope, IReadOnlyDictionary<Guid, AttentionPlace> places, CancellationToken cancellationToken) =>
        [.. (await tests.ListLastAsync(scope, cancellationToken)).GroupBy(test => test.FacilityId).Where(group => places.ContainsKey(group.Key))
            .SelectMany(group => FacilityAttention.OfSelfTests(places[group.Key], listeners.Get(group.Key), [.. group]).Select(item => item.At(places[group.Key])))];
}
