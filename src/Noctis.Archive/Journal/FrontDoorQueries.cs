using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.Journal;

/// <summary>What only administrators read: calls that match no facility, or that concern more than one.</summary>
public sealed class FrontDoorQueries(ICrossTenantDbContextFactory databases)
{
    /// <summary>Rows that the inbox looks at, the newest: a port scan of a night must not make it slow.</summary>
    private const int Depth = 20_000;

    private const int MaxPageSize = 200;

    public async Task<IReadOnlyList<FrontDoorEntry>> LatestAsync(
        AdministratorScope scope, int count, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = databases.CreateAcrossFacilities();
        return await database.Set<FrontDoorEntry>().AsNoTracking()
            .OrderByDescending(entry => entry.Id)
            .Take(count)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The inbox: calls by caller, address and cause, who called last first.</summary>
    /// <param name="scope">Who asks.</param>
    /// <param name="filter">Which.</param>
    /// <param name="before">Only those whose newest call is older than this id; null for the newest.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<FrontDoorPage> ListInboxAsync(
        AdministratorScope scope, InboxFilter filter, long? before, int take, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(filter);
        var size = Math.Clamp(take, 1, MaxPageSize);
        await using var database = databases.CreateAcrossFacilities();
        var groups = GroupsOf(database, await FloorAsync(database, cancellationToken), filter);
        if (before is { } id)
            groups = groups.Where(group => group.LastId < id);
        // One more than a page tells whether there is another.
        var found = await groups.OrderByDescending(group => group.LastId).Take(size + 1).ToListAsync(cancellationToken);
        var shown = found.Take(size).ToList();
        var lastIds = shown.Select(group => group.LastId).ToList();
        var last = await database.Set<FrontDoorEntry>().AsNoTracking().Where(entry => lastIds.Contains(entry.Id)).ToDictionaryAsync(entry => entry.Id, cancellationToken);
        return new FrontDoorPage(
            [
                .. shown.Where(group => last.ContainsKey(group.LastId)).Select(group => new InboxCalls(
                    new FrontDoorCaller(group.CallingAETitle, group.RemoteAddress, group.Code), group.Count, last[group.LastId], group.DealtWithUtc, group.DealtWithBy)
                {
                    IsBack = !filter.IsDealtWith && group.DealtWithUtc is not null,
                }),
            ],
            found.Count > size ? shown[^1].LastId : null);
    }

    /// <summary>How many callers wait in the inbox, counted no further than the limit.</summary>
    public async Task<int> CountInboxAsync(AdministratorScope scope, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = databases.CreateAcrossFacilities();
        return await GroupsOf(database, await FloorAsync(database, cancellationToken), new InboxFilter()).OrderByDescending(group => group.LastId).Take(limit).CountAsync(cancellationToken);
    }

    private static async Task<long> FloorAsync(NoctisDbContext database, CancellationToken cancellationToken) =>
        await database.Set<FrontDoorEntry>().OrderByDescending(entry => entry.Id).Select(entry => entry.Id).Skip(Depth).FirstOrDefaultAsync(cancellationToken);

    private static IQueryable<Group> GroupsOf(NoctisDbContext database, long floor, InboxFilter filter)
    {
        var entries = database.Set<FrontDoorEntry>().Where(entry => entry.Id > floor);
        if (filter.Code is { } code)
            entries = entries.Where(entry => entry.Code == code);
        if (filter.Text.Length > 0)
        {
            var text = filter.Text.ToUpperInvariant();
            // Written for the database: upper(), which every one has, on titles and addresses, which are ASCII.
#pragma warning disable CA1304, CA1311, CA1862
            entries = entries.Where(entry => entry.CallingAETitle.ToUpper().Contains(text) || entry.RemoteAddress.ToUpper().Contains(text));
#pragma warning restore CA1304, CA1311, CA1862
        }

        var calls = entries
            .GroupBy(entry => new { entry.CallingAETitle, entry.RemoteAddress, entry.Code })
            .Select(group => new { group.Key.CallingAETitle, group.Key.RemoteAddress, group.Key.Code, Count = group.Count(), LastId = group.Max(entry => entry.Id) });
        var groups =
            from one in calls
            join dismissal in database.Set<FrontDoorDismissal>()
                on new { one.CallingAETitle, one.RemoteAddress, one.Code } equals new { dismissal.CallingAETitle, dismissal.RemoteAddress, dismissal.Code } into dismissals
            from dealt in dismissals.DefaultIfEmpty()
            select new { one, dealt };
        groups = filter.IsDealtWith
            ? groups.Where(pair => pair.dealt != null && pair.one.LastId <= pair.dealt.ThroughId)
            : groups.Where(pair => pair.dealt == null || pair.one.LastId > pair.dealt.ThroughId);
        return groups.Select(pair => new Group
        {
            CallingAETitle = pair.one.CallingAETitle,
            RemoteAddress = pair.one.RemoteAddress,
            Code = pair.one.Code,
            Count = pair.one.Count,
            LastId = pair.one.LastId,
            DealtWithUtc = pair.dealt == null ? (DateTime?)null : pair.dealt.TimeUtc,
            DealtWithBy = pair.dealt == null ? null : pair.dealt.ActorName,
        });
    }

    private sealed class Group
    {
        public required string CallingAETitle { get; init; }

        public required string RemoteAddress { get; init; }

        public JournalCode Code { get; init; }

        public int Count { get; init; }

        public long LastId { get; init; }

        public DateTime? DealtWithUtc { get; init; }

        public string? DealtWithBy { get; init; }
    }
}
