namespace Noctis.Portal.Monitoring;

/// <summary>
/// The answer of GET /api/status. Names and words are a promise to monitoring systems: fields may be added, none is renamed or removed. Times
/// are UTC, "today" is the day in UTC.
/// </summary>
/// <param name="Status">ok, warning or failed: the worst of the reasons.</param>
/// <param name="Reasons">Why it is not ok; empty when it is.</param>
/// <param name="Version">Of Noctis.</param>
/// <param name="Node">The machine that answers. Listeners, associations and the disk are its own, the rest is the installation's.</param>
/// <param name="StartedUtc">Since when this process runs.</param>
/// <param name="TimeUtc">Of this report.</param>
/// <param name="Database">Whether it answers. While it does not, what is read from it is null or empty.</param>
/// <param name="Disk">That of the storage folder.</param>
/// <param name="SharedDoor">The listener that all facilities share.</param>
/// <param name="Journal">Rows of the journal.</param>
/// <param name="Facilities">By name.</param>
/// <param name="Jobs">In the order of the page of jobs.</param>
public sealed record StatusReport(
    string Status, IReadOnlyList<StatusReason> Reasons, string Version, string Node, DateTime StartedUtc, DateTime TimeUtc,
    DatabaseStatus Database, DiskStatus Disk, DoorStatus SharedDoor, JournalStatus Journal, IReadOnlyList<FacilityStatus> Facilities, IReadOnlyList<JobStatus> Jobs)
{
    /// <summary>The last self-test of the shared door by the node that answers; null while there was none.</summary>
    public SelfTestStatus? SharedDoorTest { get; init; }
}

/// <param name="Severity">warning or failed.</param>
/// <param name="Code">For programs: databaseAway, diskFloor, diskLow, listenerFailed, listenerTrouble, selfTestFailed, jobFailed, journalDropped.</param>
/// <param name="Facility">The AE title of the facility; null where it is no facility's.</param>
/// <param name="Text">For people.</param>
public sealed record StatusReason(string Severity, string Code, string? Facility, string Text);

/// <param name="Provider">Sqlite, SqlServer or PostgreSql.</param>
/// <param name="Answers">Whether it does.</param>
/// <param name="Milliseconds">What reading this report took.</param>
public sealed record DatabaseStatus(string Provider, bool Answers, double Milliseconds);

/// <param name="FreeBytes">Null where the system does not say, as for TotalBytes.</param>
/// <param name="TotalBytes">Its size.</param>
/// <param name="FloorBytes">With less than this free, objects are refused.</param>
public sealed record DiskStatus(long? FreeBytes, long? TotalBytes, long FloorBytes);

/// <param name="DroppedRows">Lost since the start.</param>
public sealed record JournalStatus(long DroppedRows);

/// <param name="State">As the listener's page says it: Stopped, Starting, Running, Draining, Failed.</param>
/// <param name="SinceUtc">Since when.</param>
/// <param name="EndPoint">Where it listens; null while it does not.</param>
/// <param name="Reason">Why it does not, or what is wrong; null when nothing is.</param>
/// <param name="Remedy">What to do about it.</param>
/// <param name="Associations">Now.</param>
/// <param name="PeakAssociationsToday">The most at a time.</param>
/// <param name="Failing">It listens, and yet most devices cannot send, as with an expired certificate.</param>
public sealed record DoorStatus(string State, DateTime SinceUtc, string? EndPoint, string? Reason, string? Remedy, int Associations, int PeakAssociationsToday, bool Failing = false);

/// <param name="Id">Of the facility.</param>
/// <param name="Name">Of the facility.</param>
/// <param name="AeTitle">Its own.</param>
/// <param name="Port">Its own.</param>
/// <param name="State">Active, Suspended, Archived or Deleting.</param>
/// <param name="Listener">Its own listener.</param>
/// <param name="Today">What arrived, over both doors and all nodes; null while the database is away.</param>
/// <param name="LastArrivalUtc">When its newest image came; null when none did.</param>
/// <param name="SelfTests">The last of each kind, by each node.</param>
public sealed record FacilityStatus(
    Guid Id, string Name, string AeTitle, int Port, string State, DoorStatus Listener, TrafficStatus? Today, DateTime? LastArrivalUtc, IReadOnlyList<SelfTestStatus> SelfTests);

/// <summary>A facility's traffic today, in UTC.</summary>
public sealed record TrafficStatus(long Associations, long Images, long Bytes, long Refusals, long Errors);

/// <param name="Kind">Echo or Image.</param>
/// <param name="Node">The machine whose listener it was.</param>
/// <param name="TimeUtc">When.</param>
/// <param name="Succeeded">Whether the listener is alive.</param>
/// <param name="Milliseconds">What it took.</param>
/// <param name="Message">In words.</param>
public sealed record SelfTestStatus(string Kind, string Node, DateTime TimeUtc, bool Succeeded, int Milliseconds, string Message);

/// <param name="Name">Its name.</param>
/// <param name="LastRunUtc">Null when it never ran, as for Outcome.</param>
/// <param name="Outcome">Running, Succeeded, Failed or Interrupted.</param>
/// <param name="Result">What it did, or why it failed.</param>
public sealed record JobStatus(string Name, DateTime? LastRunUtc, string? Outcome, string? Result);
