using Microsoft.EntityFrameworkCore;

namespace Noctis.Archive.Journal;

/// <summary>Reads pages of journal rows, whosever they are.</summary>
internal static class ActivityReader
{
    /// <summary>Rows that a page looks at where no index answers what is asked: a title that called once, a year ago, must not cost a minute.</summary>
    internal const int Depth = 200_000;

    public static async Task<JournalPage> ReadAsync(IQueryable<JournalEntry> rows, ActivitySearch search, int depth, CancellationToken cancellationToken)
    {
        var size = Math.Clamp(search.PageSize, 1, ActivitySearch.MaxPageSize);
        return search.After is { } after
            ? await ReadNewerAsync(rows, search, after, size, depth, cancellationToken)
            : await ReadOlderAsync(rows, search, size, depth, cancellationToken);
    }

    /// <summary>How many rows match that are newer than the one of this id, counted no further than the limit.</summary>
    public static async Task<int> CountNewerAsync(IQueryable<JournalEntry> rows, ActivityFilter filter, long id, int limit, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var list in Lists(rows.Where(entry => entry.Id > id), filter))
            count += await list.That(filter).OrderBy(entry => entry.Id).Select(entry => entry.Id).Take(limit).CountAsync(cancellationToken);
        return Math.Min(count, limit);
    }

    private static async Task<JournalPage> ReadOlderAsync(IQueryable<JournalEntry> rows, ActivitySearch search, int size, int depth, CancellationToken cancellationToken)
    {
        if (search.Before is { } before)
            rows = rows.Where(entry => entry.Id < before);
        var lists = Lists(rows, search.Filter);
        long? floor = null;
        if (search.Filter.ReadsRows)
        {
            foreach (var list in lists)
            {
                var reached = await list.OrderByDescending(entry => entry.Id).Select(entry => (long?)entry.Id).Skip(depth).FirstOrDefaultAsync(cancellationToken);
                // Below the nearest of them one list has not been looked through, so that rows of the others would tell half.
                floor = reached is null || floor > reached ? floor : reached;
            }
        }

        if (floor is { } least)
            lists = [.. lists.Select(list => list.Where(entry => entry.Id > least))];
        var found = new List<JournalEntry>();
        foreach (var list in lists)
            found.AddRange(await list.That(search.Filter).OrderByDescending(entry => entry.Id).Take(size + 1).WithoutDetails().ToListAsync(cancellationToken));
        // One more than a page tells whether there is another.
        JournalEntry[] entries = [.. found.OrderByDescending(entry => entry.Id).Take(size)];
        long? newer = search.Before is not null && entries.Length > 0 ? entries[0].Id : null;
        if (found.Count > size)
            return new JournalPage(entries, entries[^1].Id, newer);
        return floor is { } end
            ? new JournalPage(entries, end + 1, newer) { LookedBackToUtc = IdGenerator.CreatedUtc(end) }
            : new JournalPage(entries, null, newer);
    }

    private static async Task<JournalPage> ReadNewerAsync(
        IQueryable<JournalEntry> rows, ActivitySearch search, long after, int size, int depth, CancellationToken cancellationToken)
    {
        var lists = Lists(rows.Where(entry => entry.Id > after), search.Filter);
        var found = new List<JournalEntry>();
        foreach (var list in lists)
            found.AddRange(await list.That(search.Filter).OrderBy(entry => entry.Id).Take(size + 1).WithoutDetails().ToListAsync(cancellationToken));
        if (found.Count <= size)
            return await ReadOlderAsync(rows, search with { After = null, Before = null }, size, depth, cancellationToken);
        JournalEntry[] entries = [.. found.OrderBy(entry => entry.Id).Take(size).Reverse()];
        return new JournalPage(entries, entries[^1].Id, entries[0].Id);
    }

    /// <summary>One list an outcome, so that the index of outcomes answers each in order; what is asked beside it comes later.</summary>
    internal static List<IQueryable<JournalEntry>> Lists(IQueryable<JournalEntry> rows, ActivityFilter filter)
    {
        if (filter.FromUtc is { } from)
            rows = rows.Since(from);
        if (filter.UntilUtc is { } until)
        {
            var end = IdGenerator.FirstAt(until);
            rows = rows.Where(entry => entry.Id < end);
        }

        if (filter.Kind is { } kind)
            rows = rows.Of(kind);
        return filter.Outcomes.Count == 0 ? [rows] : [.. filter.Outcomes.Distinct().Select(outcome => rows.Of(outcome))];
    }

    private static IQueryable<JournalEntry> That(this IQueryable<JournalEntry> rows, ActivityFilter filter)
    {
        if (filter.Code is { } code)
            rows = rows.Where(entry => entry.Code == code);
        if (filter.AETitle.Length > 0)
        {
            var title = filter.AETitle.ToUpperInvariant();
            // Written for the database: upper(), which every one has, on titles, which are ASCII.
#pragma warning disable CA1304, CA1311, CA1862
            rows = rows.Where(entry => entry.CallingAETitle.ToUpper().Contains(title) || entry.CalledAETitle.ToUpper().Contains(title));
#pragma warning restore CA1304, CA1311, CA1862
        }

        if (filter.Address.Length > 0)
        {
            // As addresses are written here, IPv6 in lower case.
            var address = filter.Address.ToLowerInvariant();
            rows = rows.Where(entry => entry.RemoteAddress.StartsWith(address));
        }

        return rows;
    }

    private static IQueryable<JournalEntry> WithoutDetails(this IQueryable<JournalEntry> rows) => rows.Select(entry => new JournalEntry
    {
        Id = entry.Id,
        FacilityId = entry.FacilityId,
        AssociationId = entry.AssociationId,
        TimeUtc = entry.TimeUtc,
        Kind = entry.Kind,
        Outcome = entry.Outcome,
        Code = entry.Code,
        RemoteAddress = entry.RemoteAddress,
        CallingAETitle = entry.CallingAETitle,
        CalledAETitle = entry.CalledAETitle,
        LocalPort = entry.LocalPort,
        DeviceId = entry.DeviceId,
        Images = entry.Images,
        Bytes = entry.Bytes,
        DurationMs = entry.DurationMs,
        SOPClassUID = entry.SOPClassUID,
        SOPInstanceUID = entry.SOPInstanceUID,
        TransferSyntaxUID = entry.TransferSyntaxUID,
        Status = entry.Status,
        Reason = entry.Reason,
    });
}
