using Noctis.Portal.Components;

namespace Noctis.Portal.Monitoring;

/// <summary>Judges a report: what is wrong, and how bad that is.</summary>
internal static class StatusReasons
{
    public const string Ok = "ok";
    public const string Warning = "warning";
    public const string Failed = "failed";

    /// <summary>A self-test that is older than this says nothing of now: its node is gone, or tests are off.</summary>
    private static readonly TimeSpan Current = TimeSpan.FromHours(26);

    public static string Worst(IReadOnlyList<StatusReason> reasons) =>
        reasons.Any(reason => reason.Severity == Failed) ? Failed : reasons.Count > 0 ? Warning : Ok;

    public static IReadOnlyList<StatusReason> Find(StatusReport report, long warnFreeBytes) =>
    [
        .. OfDatabase(report.Database),
        .. OfDisk(report.Disk, warnFreeBytes),
        .. OfDoor(report.SharedDoor, null, "The shared door"),
        .. report.Facilities.SelectMany(facility => OfDoor(facility.Listener, facility.AeTitle, facility.Name)),
        .. report.Facilities.SelectMany(facility => OfSelfTests(facility, report.TimeUtc)),
        .. report is { SharedDoor.State: "Running", SharedDoorTest: { Succeeded: false } test }
            ? [new StatusReason(Failed, "selfTestFailed", null, $"The shared door, self-test on {test.Node}: {test.Message}")]
            : Array.Empty<StatusReason>(),
        .. report.Jobs.Where(job => job.Outcome == "Failed").Select(job => new StatusReason(Warning, "jobFailed", null, $"{job.Name}: {job.Result}")),
        .. report.Journal.DroppedRows > 0
            ? [new StatusReason(Warning, "journalDropped", null, $"{SizeText.Count(report.Journal.DroppedRows, "row")} of the journal were lost: the database was too slow or away.")]
            : Array.Empty<StatusReason>(),
    ];

    private static IEnumerable<StatusReason> OfDatabase(DatabaseStatus database)
    {
        if (!database.Answers)
            yield return new StatusReason(Failed, "databaseAway", null, "The database does not answer: objects are refused until it does.");
    }

    private static IEnumerable<StatusReason> OfDisk(DiskStatus disk, long warnFreeBytes)
    {
        if (disk.FreeBytes is not { } free)
            yield break;
        if (free <= disk.FloorBytes)
            yield return new StatusReason(Failed, "diskFloor", null, $"{SizeText.Of(free)} are free on the disk, the floor below which objects are refused. Make room, or let clean-up do it.");
        else if (free < warnFreeBytes)
            yield return new StatusReason(Warning, "diskLow", null, $"{SizeText.Of(free)} are free on the disk. Make room before it is full.");
    }

    private static IEnumerable<StatusReason> OfDoor(DoorStatus door, string? facility, string name)
    {
        var text = string.Join(' ', new[] { $"{name}:", door.Reason, door.Remedy }.Where(part => !string.IsNullOrEmpty(part)));
        if (door.State == "Failed" || door.Failing)
            yield return new StatusReason(Failed, "listenerFailed", facility, text);
        else if (door is { State: "Running", Reason: not null })
            yield return new StatusReason(Warning, "listenerTrouble", facility, text);
    }

    // A listener that is not open is told already.
    private static IEnumerable<StatusReason> OfSelfTests(FacilityStatus facility, DateTime nowUtc) =>
        from test in facility.SelfTests
        where facility.Listener.State == "Running" && !test.Succeeded && nowUtc - test.TimeUtc < Current
        select new StatusReason(test.Kind == "Echo" ? Failed : Warning, "selfTestFailed", facility.AeTitle, $"{facility.Name}, self-test on {test.Node}: {test.Message}");
}
