using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Portal.Components;
using Noctis.Portal.Journal;

namespace Noctis.Portal.Facilities;

/// <summary>A caller that is turned away, or whose images are, with what it takes to end that: one for each cause, and for images each reason, however often it tried.</summary>
/// <param name="Title">What it calls itself; empty when it never came to say it.</param>
/// <param name="Address">Where it called from last.</param>
/// <param name="Kind">What is refused: the association, or something within it.</param>
/// <param name="Code">The cause.</param>
/// <param name="Count">How often, as far as was looked.</param>
/// <param name="LastUtc">The last time.</param>
/// <param name="Reason">The sentence for the engineer at the scanner.</param>
/// <param name="DeviceId">The registered device of that title.</param>
public sealed record RefusedCaller(string Title, string Address, JournalKind Kind, JournalCode Code, int Count, DateTime LastUtc, string Reason, long? DeviceId)
{
    /// <summary>Older refusals are history, not something that needs attention.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(7);

    /// <summary>How many rows of the journal are looked at: enough for a scanner that tries each minute of a night.</summary>
    public const int Depth = 500;

    /// <summary>The newest, for what can be done about it.</summary>
    public Refusal Refusal { get; init; } = new(Code, Kind, Title, Address);

    /// <summary>The reason is that of the last time, and another time it was another.</summary>
    public bool HasOtherReasons { get; init; }

    /// <summary>Why, and whether that goes for every time.</summary>
    public string Text => HasOtherReasons ? $"The last time: {Reason}" : Reason;

    /// <summary>Whether registering it under Devices is all it takes.</summary>
    public bool CanBeAllowed => Refusal.IsOfUnknownCaller && Title.Length > 0;

    /// <summary>The callers that are still turned away, newest first: who was let in since, or has been registered since, is not among them.</summary>
    public static IReadOnlyList<RefusedCaller> Find(IReadOnlyList<JournalEntry> refusals, IReadOnlyList<Device> devices, DateTime nowUtc)
    {
        ArgumentNullException.ThrowIfNull(refusals);
        ArgumentNullException.ThrowIfNull(devices);
        var byTitle = devices.ToDictionary(device => device.AETitle, StringComparer.Ordinal);
        return [.. refusals
            .Where(entry => entry.Outcome == JournalOutcome.Refused && entry.TimeUtc >= nowUtc - Window)
            .GroupBy(entry => (entry.CallingAETitle, entry.Kind, entry.Code))
            .SelectMany(TroubleReasons.Apart)
            .Select(group => Of(group.MaxBy(entry => entry.TimeUtc)!, group.Count, byTitle.GetValueOrDefault(group[0].CallingAETitle), group.Any(entry => entry.Reason != group[0].Reason)))
            .OfType<RefusedCaller>()
            .OrderByDescending(caller => caller.LastUtc)];
    }

    /// <summary>From one cause, counted elsewhere; null for who has been let in since, or registered.</summary>
    public static RefusedCaller? Of(JournalEntry last, int count, Device? device, bool hasOtherReasons = false)
    {
        ArgumentNullException.ThrowIfNull(last);
        var caller = new RefusedCaller(last.CallingAETitle, last.RemoteAddress, last.Kind, last.Code, count, last.TimeUtc, last.Reason ?? "", device?.Id)
        {
            Refusal = Refusal.Of(last),
            HasOtherReasons = hasOtherReasons,
        };
        return IsSettled(caller, device) ? null : caller;
    }

    /// <summary>"once", "twice", "3 times"</summary>
    public static string Times(int count) => count switch
    {
        1 => "once",
        2 => "twice",
        _ => $"{SizeText.Count(count)} times",
    };

    // That a device was let in says nothing of its images.
    private static bool IsSettled(RefusedCaller caller, Device? device) => device is not null && caller.Kind == JournalKind.Association
        && (device.LastSeenUtc > caller.LastUtc || caller.CanBeAllowed || (caller.Code == JournalCode.DeviceInactive && device.IsActive));
}
