using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Noctis.Archive.Database;

namespace Noctis.Archive.Storage;

/// <summary>
/// Removes the files of <see cref="FileRemoval"/> rows, and the rows after them. Whoever writes a row may remove its file at once by
/// <see cref="Remove"/>; what a crash or a failure left is found by <see cref="DrainAsync"/>, at the start and every minute. A file that
/// is gone already is no error, so that two nodes may do the same. Thread safe.
/// </summary>
internal sealed class FileRemovals(ObjectStore store, ICrossTenantDbContextFactory contexts, TimeProvider time, ILogger<FileRemovals> logger) : BackgroundService
{
    private const int BatchSize = 500;

    /// <summary>Rows of files that are gone gather this long: they are in nobody's way.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Channel<long> _done = Channel.CreateBounded<long>(new BoundedChannelOptions(20_000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Removes the file of a row that is committed; the row follows in a moment.</summary>
    public void Remove(FileRemoval removal)
    {
        store.Remove(removal.FacilityId, removal.StoragePath);
        _done.Writer.TryWrite(removal.Id);
    }

    /// <summary>Removes what is noted for longer than a time.</summary>
    /// <returns>How many files.</returns>
    public async Task<int> DrainAsync(TimeSpan age, CancellationToken ct)
    {
        DateTime before = time.GetUtcNow().UtcDateTime - age;
        long after = 0;
        int removed = 0;
        while (true)
        {
            await using NoctisDbContext context = contexts.CreateAcrossFacilities();
            List<FileRemoval> rows = await context.Set<FileRemoval>().AsNoTracking()
                .Where(row => row.Id > after && row.SinceUtc <= before).OrderBy(row => row.Id).Take(BatchSize).ToListAsync(ct);
            if (rows.Count == 0) return removed;
            after = rows[^1].Id;
            List<long> gone = [.. rows.Where(TryRemove).Select(row => row.Id)];
            await context.Set<FileRemoval>().Where(row => gone.Contains(row.Id)).ExecuteDeleteAsync(ct);
            removed += gone.Count;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
        await Task.WhenAll(ForgetAsync(stoppingToken), DrainNowAndThenAsync(stoppingToken));

    private async Task ForgetAsync(CancellationToken ct)
    {
        var ids = new List<long>(BatchSize);
        while (await _done.Reader.WaitToReadAsync(ct))
        {
            await Task.Delay(Gathering, time, ct);
            ids.Clear();
            while (ids.Count < BatchSize && _done.Reader.TryRead(out long id)) ids.Add(id);
            try
            {
                await using NoctisDbContext context = contexts.CreateAcrossFacilities();
                await context.Set<FileRemoval>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The rows stay, and are drained later.
                Log.RemovalsFailed(logger, e);
            }
        }
    }

    private async Task DrainNowAndThenAsync(CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(Interval, time, ct);
            try
            {
                await DrainAsync(Interval, ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.RemovalsFailed(logger, e);
            }
        }
    }

    private bool TryRemove(FileRemoval row)
    {
        try
        {
            store.Remove(row.FacilityId, row.StoragePath);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.NotRemoved(logger, e, row.FacilityId);
            return false;
        }
    }
}
