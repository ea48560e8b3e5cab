using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Portal.Components;
using Noctis.Portal.Facilities;
using Noctis.Portal.Home;

namespace Noctis.Portal.Attention;

/// <summary>
/// Devices that are turned away, calls that went astray, and what could not be taken. A call that the inbox knows more of than its facility may
/// know, such as where the device belongs, is told as there, and while it waits there.
/// </summary>
internal sealed class CallerAttention(TroubleQueries trouble, DeviceQueries devices, FrontDoorQueries frontDoor, TimeProvider time) : IAttentionSource
{
    private const int MostOfInbox = 200;

    /// <summary>Strangers who have not called since are no news: they stay in the inbox.</summary>
    private static readonly TimeSpan AstrayWindow = TimeSpan.FromDays(1);

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
        var waiting = (await frontDoor.ListInboxAsync(scope, new InboxFilter(), null, MostOfInbox, cancellationToken)).Calls;
        var dealtWith = refused.Count == 0 ? [] : (await frontDoor.ListInboxAsync(scope, new InboxFilter { IsDealtWith = true }, null, MostOfInbox, cancellationToken)).Calls;
        var told = waiting.Concat(dealtWith).ToDictionary(calls => (calls.Caller, PlaceOf(calls.Last)));
        var callers =
            from cause in refused
            where places.ContainsKey(cause.Last.FacilityId)
            let place = places[cause.Last.FacilityId]
            let caller = RefusedCaller.Of(cause.Last, cause.Count, byTitle.GetValueOrDefault((cause.Last.FacilityId, cause.Last.CallingAETitle)), cause.HasOtherReasons)
            where caller is not null
            let calls = told.GetValueOrDefault((CallerOf(cause.Last), PlaceOf(cause.Last)))
            where calls is null || !IsDealtWith(calls)
            let item = FacilityAttention.OfCaller(place, caller)
            select (calls is null ? item : item with { Text = calls.Last.Reason, ActionText = "Open", ActionHref = HrefOf(calls) }) with { SinceUtc = caller.LastUtc, FacilityId = place.Id, FacilityName = place.Name };
        var ofFacilities = refused.Select(cause => (CallerOf(cause.Last), PlaceOf(cause.Last))).ToHashSet();
        var strays =
            from calls in waiting
            where calls.Last.TimeUtc >= now - AstrayWindow && !ofFacilities.Contains((calls.Caller, PlaceOf(calls.Last)))
            select new AttentionItem(StatusKind.Warn, $"{NameOf(calls.Caller)} went astray {RefusedCaller.Times(calls.Count)}", calls.Last.Reason, "Open", HrefOf(calls))
            {
                SinceUtc = calls.Last.TimeUtc,
            };
        var failures =
            from cause in failed
            where places.ContainsKey(cause.Last.FacilityId)
            group cause by (cause.Last.FacilityId, cause.Last.Code, cause.Last.Reason) into causes
            let place = places[causes.Key.FacilityId]
            select FacilityAttention.OfFailures(place, causes.Sum(cause => cause.Count), causes.MaxBy(cause => cause.Last.Id)!.Last).At(place);
        return [.. callers, .. strays, .. failures];
    }

    private static FrontDoorCaller CallerOf(JournalEntry entry) => new(entry.CallingAETitle, entry.RemoteAddress, entry.Code);

    // Whom it called, and where: the same device may be wrong in more ways than one.
    private static (string Title, int Port) PlaceOf(JournalEntry entry) => (entry.CalledAETitle, entry.LocalPort);

    private static (string Title, int Port) PlaceOf(FrontDoorEntry entry) => (entry.CalledAETitle, entry.LocalPort);

    private static bool IsDealtWith(InboxCalls calls) => calls.DealtWithUtc is not null && !calls.IsBack;

    private static string NameOf(FrontDoorCaller caller) => caller.CallingAETitle.Length > 0 ? caller.CallingAETitle : caller.RemoteAddress;

    private static string HrefOf(InboxCalls calls) => $"/admin/inbox?q={Uri.EscapeDataString(NameOf(calls.Caller))}";
}
