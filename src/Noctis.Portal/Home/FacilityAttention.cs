using System.Globalization;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.SelfTests;
using Noctis.Archive.Traffic;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Attention;
using Noctis.Portal.Components;
using Noctis.Portal.Facilities;

namespace Noctis.Portal.Home;

/// <summary>Finds what needs attention at one facility. Nothing of it is stored: what is put right is gone from the list.</summary>
internal static class FacilityAttention
{
    /// <summary>A device that has sent, and then has not for this long, is said to be silent.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromDays(7);

    /// <summary>A device that has been away for longer than this is no news any more.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromDays(60);

    /// <summary>What failed longer ago is history.</summary>
    public static readonly TimeSpan FailuresWindow = TimeSpan.FromDays(1);

    /// <summary>Nobody is missed before that.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    public static List<AttentionItem> Find(
        AttentionPlace facility,
        ListenerStatus listener,
        IReadOnlyList<RefusedCaller> refused,
        IReadOnlyList<JournalEntry> journal,
        IReadOnlyList<Device> devices,
        DateTime nowUtc,
        IReadOnlyList<DeviceDay>? days = null,
        IReadOnlyList<SelfTest>? tests = null,
        bool listenerIsExplained = false) =>
        [.. listenerIsExplained ? [] : OfListener(facility, listener), .. OfSelfTests(facility, listener, tests ?? []), .. Failures(facility, journal, nowUtc), .. refused.Select(caller => OfCaller(facility, caller)), .. Silent(facility, devices, (days ?? []).ToLookup(day => day.DeviceId, day => day.Day), nowUtc)];

    public static IEnumerable<AttentionItem> OfListener(AttentionPlace facility, ListenerStatus listener)
    {
        var (settings, port) = (facility.MayAdminister ? facility.Href("settings") : null, facility.Port.ToString(CultureInfo.InvariantCulture));
        if (facility.State == FacilityState.Suspended)
            yield return new AttentionItem(StatusKind.Warn, "The facility is suspended", "Scanners are refused until an administrator resumes it.", "Open", settings);
        else if (facility.State == FacilityState.Archived)
            yield return new AttentionItem(StatusKind.Warn, "The facility is archived", "It takes no more images. Its studies can still be read.", "Open", settings);
        else if (ListenerText.Trouble(facility.State, listener) is { } trouble)
        {
            yield return listener switch
            {
                { State: ListenerState.Running, IsFailing: false } => new AttentionItem(StatusKind.Warn, $"Port {port} listens, but something is wrong", trouble, "Open", settings) { SinceUtc = listener.SinceUtc },
                { State: ListenerState.Running } => new AttentionItem(StatusKind.Bad, $"Port {port} listens, but devices refuse to connect", trouble, "Open", settings) { SinceUtc = listener.SinceUtc },
                _ => new AttentionItem(StatusKind.Bad, $"Port {port} is not listening", trouble, "Open", settings) { SinceUtc = listener.SinceUtc },
            };
        }
    }

    private static IEnumerable<AttentionItem> Failures(AttentionPlace facility, IReadOnlyList<JournalEntry> journal, DateTime nowUtc) =>
        from entry in journal
        where entry.Outcome == JournalOutcome.Failed && entry.TimeUtc >= nowUtc - FailuresWindow
        group entry by entry.Code into causes
        from failures in TroubleReasons.Apart(causes)
        select OfFailures(facility, failures.Count, failures.MaxBy(entry => entry.TimeUtc)!);

    /// <param name="facility">Where.</param>
    /// <param name="count">How often, for this cause and reason.</param>
    /// <param name="last">The newest.</param>
    public static AttentionItem OfFailures(AttentionPlace facility, int count, JournalEntry last) =>
        new(StatusKind.Bad, $"Noctis could not take what was sent, {RefusedCaller.Times(count)} within a day",
            last.Reason ?? "The server's log says more.", "Show values", facility.Href("connection"))
        {
            SinceUtc = last.TimeUtc,
        };

    public static AttentionItem OfCaller(AttentionPlace facility, RefusedCaller caller)
    {
        var (action, href) = caller switch
        {
            { CanBeAllowed: true } when facility.MayManage => (AttentionItem.Fix, facility.Href($"devices?add={Uri.EscapeDataString(caller.Title)}")),
            { DeviceId: { } id, Code: JournalCode.DeviceInactive or JournalCode.AddressUnexpected } when facility.MayManage =>
                (AttentionItem.Fix, facility.Href($"devices?edit={id.ToString(CultureInfo.InvariantCulture)}")),
            { CanBeAllowed: true } or { Code: JournalCode.DeviceInactive or JournalCode.AddressUnexpected } => ("Open", facility.Href("devices")),
            _ => ("Show values", facility.Href("connection")),
        };
        var who = caller.Title.Length > 0 ? caller.Title : caller.Address;
        if (caller.Kind == JournalKind.Store)
            return new AttentionItem(StatusKind.Bad, $"{SizeText.Count(caller.Count, "image")} from {who} {(caller.Count == 1 ? "was" : "were")} refused", caller.Text) { Refusal = caller.Refusal };
        return new AttentionItem(StatusKind.Bad, $"{who} was refused {RefusedCaller.Times(caller.Count)}", caller.Text, action, href) { Refusal = caller.Refusal };
    }

    // A listener that is not open is told already.
    public static IEnumerable<AttentionItem> OfSelfTests(AttentionPlace facility, ListenerStatus listener, IReadOnlyList<SelfTest> tests) =>
        from test in tests
        where facility.State == FacilityState.Active && listener.State == ListenerState.Running && !test.Succeeded
        select new AttentionItem(StatusKind.Bad, test.Kind == SelfTestKind.Echo ? "The self-test finds the port not answering" : "The port did not take the test image",
            $"On {test.Node}: {test.Message}", "Show values", facility.Href("connection"))
        { SinceUtc = test.TimeUtc };

    /// <summary>By its own habit where it has one; else by the rule for all.</summary>
    public static IEnumerable<AttentionItem> Silent(AttentionPlace facility, IReadOnlyList<Device> devices, ILookup<long, DateOnly> days, DateTime nowUtc)
    {
        var today = DateOnly.FromDateTime(nowUtc);
        var habits = devices.Where(device => device.IsActive).Select(device => (Device: device, Habit: DeviceHabit.Find(days[device.Id], today))).ToList();
        var byHabit =
            from known in habits
            where known.Habit is { IsSilent: true } && known.Device.LastSeenUtc < nowUtc - Patience
            orderby (double)known.Habit.SilentDays / known.Habit.UsualGapDays descending
            let usual = known.Habit.UsualGapDays == 1 ? "It usually sends every day." : $"It usually sends every {known.Habit.UsualGapDays} days or more often."
            select new AttentionItem(StatusKind.Warn, $"{known.Device.AETitle} has been silent for {known.Habit.SilentDays} days",
                $"{usual} Ask whether it is in use, and let it send an echo. {known.Device.Description}".Trim(), "Open", facility.Href("devices"))
            { SinceUtc = known.Device.LastSeenUtc };
        return [.. byHabit, .. Silent(facility, [.. habits.Where(known => known.Habit is null).Select(known => known.Device)], nowUtc)];
    }

    private static IEnumerable<AttentionItem> Silent(AttentionPlace facility, IReadOnlyList<Device> devices, DateTime nowUtc) =>
        from device in devices
        where device.IsActive && device.LastSeenUtc < nowUtc - Silence && device.LastSeenUtc > nowUtc - Forgotten
        orderby device.LastSeenUtc descending
        let days = (int)(nowUtc - device.LastSeenUtc!.Value).TotalDays
        select new AttentionItem(StatusKind.Warn, $"{device.AETitle} has been silent for {days} days",
            device.Description.Length > 0 ? device.Description : "It has not called since.", "Open", facility.Href("devices"))
        { SinceUtc = device.LastSeenUtc };
}
