using Noctis.Archive;
using Noctis.Gateway.Journal;
using Noctis.Gateway.SelfTests;
using Noctis.Portal.Components;
using Noctis.Portal.Home;
using Noctis.Portal.Jobs;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Attention;

/// <summary>What is nobody's but the administrators': jobs that fail or do not run, rows of the journal that were lost, the shared door.</summary>
internal sealed class ServerAttention(JobQueries jobs, JournalWriter journal, SelfTester tester, TimeProvider time) : IAttentionSource
{
    /// <summary>Rows that were lost are lost: who has been told for a day knows.</summary>
    private static readonly TimeSpan Told = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private long _dropped;
    private DateTime _droppedUtc;

    public TimeSpan Lifetime => TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<AttentionItem>> FindAsync(AdministratorScope scope, IReadOnlyDictionary<Guid, AttentionPlace> places, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var rows = await jobs.ListAsync(scope, cancellationToken);
        return [.. rows.SelectMany(row => OfJob(row, now)), .. OfJournal(journal.Dropped, now), .. OfSharedDoor(tester.SharedDoor)];
    }

    internal static IEnumerable<AttentionItem> OfJob(JobRow row, DateTime nowUtc)
    {
        if (row.Last is { Outcome: Archive.Jobs.JobOutcome.Failed } last)
        {
            yield return new AttentionItem(StatusKind.Warn, $"{row.Job.Title} failed {TimeText.Of(last.StartedUtc, TimeStyle.Relative, Viewer.Unknown, nowUtc)}", last.Result, "Open", row.Href)
            {
                SinceUtc = last.StartedUtc,
            };
        }
        else if (row.OverdueSince(nowUtc) is { } due)
        {
            yield return new AttentionItem(StatusKind.Warn, $"{row.Job.Title} was due {TimeText.Of(due, TimeStyle.Relative, Viewer.Unknown, nowUtc)} and has not run",
                "The scheduler does not run it: no server is up that runs jobs, or all of its threads are taken. Start it by hand, and look into the server's log.", "Open", row.Href)
            {
                SinceUtc = due,
            };
        }
    }

    private IEnumerable<AttentionItem> OfJournal(long dropped, DateTime nowUtc)
    {
        lock (_lock)
        {
            if (dropped != _dropped)
                (_dropped, _droppedUtc) = (dropped, nowUtc);
            return dropped == 0 || nowUtc - _droppedUtc > Told
                ? []
                : [new AttentionItem(StatusKind.Warn, $"{SizeText.Count(dropped, "row")} of the journal were lost on this server since it started",
                    "The database was too slow or away; images go first. Activity has a gap. Look at the database's disk and load.") { SinceUtc = _droppedUtc }];
        }
    }

    private static IEnumerable<AttentionItem> OfSharedDoor(SharedDoorTest? test)
    {
        if (test is { Succeeded: false })
            yield return new AttentionItem(StatusKind.Bad, "The self-test finds the shared door not answering", $"On {ServerNode.Machine}: {test.Message}") { SinceUtc = test.TimeUtc };
    }
}
