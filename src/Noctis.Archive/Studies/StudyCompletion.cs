using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;
using Noctis.Archive.Database;
using Noctis.Archive.Database.Providers;
using Noctis.Archive.Jobs;

namespace Noctis.Archive.Studies;

/// <summary>
/// Finds studies for which nothing has come for a while, and marks them as complete. The mark is a conditional update, so that one
/// node alone announces each study; an image that comes later takes the mark away, and the study completes, and is announced, again.
/// </summary>
public sealed class StudyCompletion(
    ICrossTenantDbContextFactory contexts, StudyEvents events, IOptions<StudiesOptions> options, TimeProvider time)
{
    /// <summary>Its <see cref="JobCursor"/> holds since when completion is kept; studies from before are marked, but not announced.</summary>
    internal const string Cursor = "StudyCompletion";

    /// <summary>Follows the time in the cursor when no study from before is left.</summary>
    private const string Settled = " settled";

    internal const int StudiesAtOnce = 500;
    internal const int EarlierAtOnce = 2000;

    private const int FacilitiesAtOnce = 100;

    /// <summary>One commit for so many, which holds their rows for moments only.</summary>
    private const int CommitAtOnce = 50;

    /// <summary>For the clocks of other nodes, and for what they had received but not yet committed.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>Every so often no facility is passed over: a study that comes back from the trash is news that no image brings.</summary>
    private static readonly TimeSpan FullRound = TimeSpan.FromHours(1);

    // A hint that spares work and may be lost: facilities that received nothing since hold nothing that waits.
    private DateTime _quietUntil = DateTime.MinValue;
    private DateTime _fullRoundUtc = DateTime.MinValue;

    /// <summary>Marks what has fallen quiet. Can be cut off anywhere and run again.</summary>
    /// <returns>How many studies were marked, those from before included.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        DateTime quietSince = now - options.Value.CompleteAfter;
        bool isFullRound = now - _fullRoundUtc >= FullRound;
        DateTime receivedSince = isFullRound || _quietUntil == DateTime.MinValue ? DateTime.MinValue : _quietUntil - Margin;

        await using NoctisDbContext context = contexts.CreateAcrossFacilities();
        (DateTime keptSince, bool isSettled) = await ReadCursorAsync(context, now, ct);
        int marked = isSettled ? 0 : await MarkEarlierAsync(context, keptSince, quietSince, ct);

        List<Guid> facilities = await context.Set<FacilityUsage>().Where(usage => usage.LastReceivedUtc >= receivedSince)
            .Select(usage => usage.FacilityId).ToListAsync(ct);
        foreach (Guid[] some in facilities.Chunk(FacilitiesAtOnce)) marked += await MarkQuietAsync(context, some, keptSince, quietSince, ct);

        _quietUntil = quietSince;
        if (isFullRound) _fullRoundUtc = now;
        return marked;
    }

    private async Task<int> MarkQuietAsync(NoctisDbContext context, Guid[] facilities, DateTime keptSince, DateTime quietSince, CancellationToken ct)
    {
        int marked = 0;
        long after = 0;
        while (true)
        {
            List<QuietStudy> quiet = await context.Set<Study>()
                .Where(study => facilities.Contains(study.FacilityId) && study.CompletedUtc == null && study.LastReceivedUtc <= quietSince && study.Id > after)
                .OrderBy(study => study.Id).Take(StudiesAtOnce)
                .Select(study => new QuietStudy(study.Id, study.FacilityId, study.LastReceivedUtc)).ToListAsync(ct);
            foreach (QuietStudy[] some in quiet.Chunk(CommitAtOnce))
            {
                List<QuietStudy> taken = await TakeSafelyAsync(context, some, ct);
                marked += taken.Count;
                foreach (var news in taken.Where(study => study.LastReceivedUtc > keptSince).GroupBy(study => study.FacilityId))
                    events.Publish(news.Key, changed: [.. news.Select(study => study.Id)]);
            }

            if (quiet.Count < StudiesAtOnce) return marked;
            after = quiet[^1].Id;
        }
    }

    private async Task<List<QuietStudy>> TakeSafelyAsync(NoctisDbContext context, QuietStudy[] quiet, CancellationToken ct)
    {
        try
        {
            return await TakeAsync(context, quiet, ct);
        }
        catch (Exception e) when (quiet.Length > 1 && DatabaseProvider.IsTransient(e))
        {
            // Ingest holds two of them in another order. One at a time waits for nobody while it holds another.
            List<QuietStudy> taken = [];
            foreach (QuietStudy study in quiet) taken.AddRange(await TakeAsync(context, [study], ct));
            return taken;
        }
    }

    /// <returns>Those that this node has marked: neither another node did, nor has an image come meanwhile.</returns>
    private async Task<List<QuietStudy>> TakeAsync(NoctisDbContext context, QuietStudy[] quiet, CancellationToken ct)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        List<QuietStudy> taken = [];
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(ct);
        foreach (QuietStudy seen in quiet)
        {
            int rows = await context.Set<Study>()
                .Where(study => study.FacilityId == seen.FacilityId && study.Id == seen.Id && study.CompletedUtc == null && study.LastReceivedUtc == seen.LastReceivedUtc)
                .ExecuteUpdateAsync(set => set.SetProperty(study => study.CompletedUtc, now), ct);
            if (rows == 1) taken.Add(seen);
        }

        await transaction.CommitAsync(ct);
        return taken;
    }

    /// <summary>Marks the studies from before completion was kept, facility by facility, in batches that hold ingest up for moments only.</summary>
    private static async Task<int> MarkEarlierAsync(NoctisDbContext context, DateTime keptSince, DateTime quietSince, CancellationToken ct)
    {
        int marked = 0;
        DateTime until = keptSince < quietSince ? keptSince : quietSince;
        foreach (Guid facility in await context.Set<FacilityUsage>().Select(usage => usage.FacilityId).ToListAsync(ct))
        {
            IQueryable<Study> earlier = context.Set<Study>().Where(study => study.FacilityId == facility && study.CompletedUtc == null);
            int batch;
            do
            {
                // By a limit of time, not by a list of ids: a study that gets an image meanwhile is no longer among them.
                DateTime? limit = await earlier.Where(study => study.LastReceivedUtc <= until).OrderBy(study => study.LastReceivedUtc).Skip(EarlierAtOnce - 1)
                    .Select(study => (DateTime?)study.LastReceivedUtc).FirstOrDefaultAsync(ct);
                DateTime upTo = limit ?? until;
                batch = await earlier.Where(study => study.LastReceivedUtc <= upTo)
                    .ExecuteUpdateAsync(set => set.SetProperty(study => study.CompletedUtc, study => study.LastReceivedUtc), ct);
                marked += batch;
            }
            while (batch >= EarlierAtOnce);
        }

        if (keptSince <= quietSince)
        {
            await context.Set<JobCursor>().Where(cursor => cursor.Job == Cursor)
                .ExecuteUpdateAsync(set => set.SetProperty(cursor => cursor.Value, Format(keptSince) + Settled), ct);
        }

        return marked;
    }

    private static async Task<(DateTime KeptSince, bool IsSettled)> ReadCursorAsync(NoctisDbContext context, DateTime now, CancellationToken ct)
    {
        string? value = await context.Set<JobCursor>().Where(cursor => cursor.Job == Cursor).Select(cursor => cursor.Value).SingleOrDefaultAsync(ct);
        if (value is null)
        {
            context.Add(new JobCursor { Job = Cursor, Value = Format(now), UpdatedUtc = now });
            try
            {
                await context.SaveChangesAsync(ct);
                return (now, false);
            }
            catch (DbUpdateException e) when (context.IsUniqueViolation(e))
            {
                // Another node began at the same moment.
                context.ChangeTracker.Clear();
                return await ReadCursorAsync(context, now, ct);
            }
        }

        bool isSettled = value.EndsWith(Settled, StringComparison.Ordinal);
        string since = isSettled ? value[..^Settled.Length] : value;
        return (DateTime.Parse(since, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind), isSettled);
    }

    private static string Format(DateTime utc) => utc.ToString("O", CultureInfo.InvariantCulture);

    private sealed record QuietStudy(long Id, Guid FacilityId, DateTime LastReceivedUtc);
}
