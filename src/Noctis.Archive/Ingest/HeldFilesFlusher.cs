using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Noctis.Archive.Database;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Ingest;

/// <summary>
/// Flushes held files, many at once, and has the index let go of them; where no object comes whose commit would take that along, by a
/// statement of its own. Each second: what a power cut leaves to the next start is what came within a second or two.
/// </summary>
internal sealed class HeldFilesFlusher(
    ObjectStore store, HeldRecovery recovery, ICrossTenantDbContextFactory contexts, TimeProvider time, ILogger<HeldFilesFlusher> logger) : BackgroundService
{
    private const int BatchSize = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Interval, time, stoppingToken);
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // All of it is in the index, and is tried again.
                Log.HeldFilesFailed(logger, e);
            }
        }
    }

    internal async Task RunOnceAsync(CancellationToken ct)
    {
        // What is left from a second ago found no commit to go with.
        await ForgetAsync(ct);
        await WriteAgainAsync(ct);
        if (store.Held.HasWork) await Task.Factory.StartNew(WriteAndFlush, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Deletes the rows of files that are on disk, or nobody's.</summary>
    private async Task ForgetAsync(CancellationToken ct)
    {
        var settled = new List<HeldFile>(BatchSize);
        while (true)
        {
            settled.Clear();
            while (settled.Count < BatchSize && store.Held.TryTakeSettled(out HeldFile? held)) settled.Add(held);
            if (settled.Count == 0) return;
            try
            {
                long[] ids = [.. settled.Select(held => held.Row.Id)];
                await using NoctisDbContext context = contexts.CreateAcrossFacilities();
                await context.Set<HeldContent>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(ct);
            }
            catch
            {
                store.Held.GiveBack(settled);
                throw;
            }

            store.Held.Forget(settled);
        }
    }

    private async Task WriteAgainAsync(CancellationToken ct)
    {
        while (store.Held.TakeUnflushed(BatchSize) is { Count: > 0 } files)
        {
            try
            {
                await recovery.RunAsync(files, ct);
            }
            catch
            {
                store.Held.GiveBackUnflushed(files);
                throw;
            }

            // They count anew.
            store.Held.Forget(files);
        }
    }

    private void WriteAndFlush()
    {
        Exception? failure = store.Held.WriteOverdue();
        store.Held.Flush(store.Paths.Root);
        if (failure is not null) Log.HeldFilesFailed(logger, failure);
    }
}
