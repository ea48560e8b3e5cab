using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Portal.Facilities;
using Noctis.Portal.Home;

namespace Noctis.Portal.Attention;

/// <summary>Devices that are turned away, and what could not be taken.</summary>
internal sealed class CallerAttention(TroubleQueries trouble, DeviceQueries devices, TimeProvider time) : IAttentionSource
{
    /// <summary>More causes than that nobody works through before some of them are gone.</summary>
    private const int Most = 1000;

    public TimeSpan Lifetime => TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<AttentionItem>> FindAsync(AdministratorScope scope, IReadOnlyDictionary<Guid, AttentionPlace> places, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var refused = await trouble.ListAsync(scope, JournalOutcome.Refused, now - RefusedCaller.Window, Most, cancellationToken);
        var failed = await trouble.ListAsync(scope, JournalOutcome.Failed, now - FacilityAttention.FailuresWindow, Most, cancellationToken);
        var byTitle = refused.Count == 0 ? []
            : (await devices.ListAsync(scope, cancellationToken)).ToDictionary(device => (device.FacilityId, device.AETitle));
        var callers =
            from cause in refused
            where places.ContainsKey(cause.Last.FacilityId)
            let place = places[cause.Last.FacilityId]
            let caller = RefusedCaller.Of(cause.Last, cause.Count, byTitle.GetValueOrDefault((cause.Last.FacilityId, cause.Last.CallingAETitle)))
            where caller is not null
            select FacilityAttention.OfCaller(place, caller) with { SinceUtc = caller.LastUtc, FacilityId = place.Id, FacilityName = place.Name };
        var failures =
            from cause in failed
            where places.ContainsKey(cause.Last.FacilityId)
            group cause by (cause.Last.FacilityId, cause.Last.Code, cause.Last.Reason) into causes
            let place = places[causes.Key.FacilityId]
            select FacilityAttention.OfFailures(place, causes.Sum(cause => cause.Count), causes.MaxBy(cause => cause.Last.Id)!.Last).At(place);
        return [.. callers, .. failures];
    }
}
