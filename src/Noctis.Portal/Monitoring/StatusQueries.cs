using System.Data.Common;
using System.Diagnostics;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive;
using Noctis.Gateway.Admission;
using Noctis.Gateway.Journal;
using Noctis.Gateway.Listeners;
using Noctis.Gateway.SelfTests;

namespace Noctis.Portal.Monitoring;

/// <summary>Puts together what /api/status says. While the database is away it says what this process knows by itself.</summary>
internal sealed class StatusQueries(
    StatusDatabase database, CurrentDirectory directory, IListenerStatusSource listeners, JournalWriter journal, SelfTester tester, StatusSurroundings surroundings, TimeProvider time)
{
    private readonly DateTime _startedUtc = Started();

    public static string Version { get; } = typeof(StatusQueries).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    public async Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var (now, started) = (time.GetUtcNow().UtcDateTime, time.GetTimestamp());
        var found = await FindAsync(now, cancellationToken);
        var report = new StatusReport(
            StatusReasons.Ok, [], Version, ServerNode.Machine, _startedUtc, now,
            new DatabaseStatus(surroundings.Provider, found is not null, time.GetElapsedTime(started).TotalMilliseconds),
            surroundings.Disk,
            Of(listeners.SharedDoor),
            new JournalStatus(journal.Dropped),
            [.. directory.Value.Facilities.OrderBy(facility => facility.Name, StringComparer.InvariantCultureIgnoreCase).Select(facility => Of(facility, found))],
            found?.Jobs ?? [])
        {
            SharedDoorTest = tester.SharedDoor is { } test ? new SelfTestStatus("Echo", ServerNode.Machine, test.TimeUtc, test.Succeeded, test.DurationMs, test.Message) : null,
        };
        var reasons = StatusReasons.Find(report, surroundings.WarnFreeBytes);
        return report with { Status = StatusReasons.Worst(reasons), Reasons = reasons };
    }

    private async Task<StatusFindings?> FindAsync(DateTime nowUtc, CancellationToken cancellationToken)
    {
        try
        {
            return await database.ReadAsync(nowUtc, cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException or InvalidOperationException or TimeoutException)
        {
            // That it does not answer is the news.
            return null;
        }
    }

    private FacilityStatus Of(GatewayFacility facility, StatusFindings? found) => new(
        facility.Id, facility.Name, facility.AETitle, facility.Port, facility.State.ToString(), Of(listeners.Get(facility.Id)),
        found is null ? null : found.Today.GetValueOrDefault(facility.Id) ?? new TrafficStatus(0, 0, 0, 0, 0),
        found?.LastArrivals.TryGetValue(facility.Id, out var last) == true ? last : null,
        [.. found?.SelfTests[facility.Id] ?? []]);

    private static DoorStatus Of(ListenerStatus status) =>
        new(status.State.ToString(), status.SinceUtc, status.EndPoint?.ToString(), status.Reason, status.Remedy, status.ActiveAssociations, status.PeakToday, status.IsFailing);

    private static DateTime Started()
    {
        using var process = Process.GetCurrentProcess();
        return process.StartTime.ToUniversalTime();
    }
}
