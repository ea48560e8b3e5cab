using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Noctis.Archive.Database;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Ingest;

/// <summary>
/// Writes the files anew whose content the index held when the process ended: they were not flushed, or not written at all. As many as
/// came in the last moments before, whatever the size of the archive. The same for those of a flush that failed.
/// </summary>
internal sealed class HeldRecovery(ObjectStore store, ICrossTenantDbContextFactory contexts, ILogger<HeldRecovery> logger)
{
    private const int BatchSize = 200;

    /// <returns>How many.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        long after = 0;
        int written = 0;
        while (true)
        {
            await using NoctisDbContext context = contexts.CreateAcrossFacilities();
            List<HeldContent> rows = await context.Set<HeldContent>().AsNoTracking().Where(row => row.Id > after).OrderBy(row => row.Id).Take(BatchSize).ToListAsync(ct);
            if (rows.Count == 0) break;
            after = rows[^1].Id;
            foreach (HeldContent row in rows)
            {
                if (await WriteAsync(context, row, ct)) written++;
            }
        }

        return written;
    }

    /// <summary>Those that a flush failed for.</summary>
    public async Task RunAsync(IReadOnlyList<HeldFile> files, CancellationToken ct)
    {
        long[] ids = [.. files.Select(held => held.Row.Id)];
        await using NoctisDbContext context = contexts.CreateAcrossFacilities();
        foreach (HeldContent row in await context.Set<HeldContent>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(ct)) await WriteAsync(context, row, ct);
    }

    /// <summary>Taken in before the index is asked, so that whoever removes the file meanwhile keeps it from being written.</summary>
    private async Task<bool> WriteAsync(NoctisDbContext context, HeldContent row, CancellationToken ct)
    {
        HeldFile held = store.HoldAgain(row);
        if (await IsNamedAsync(context, row, ct)) return TryWrite(held);
        // What was deleted or replaced since needs no file.
        store.Held.Cancel(held);
        await context.Set<HeldContent>().Where(content => content.Id == row.Id).ExecuteDeleteAsync(ct);
        return false;
    }

    private bool TryWrite(HeldFile held)
    {
        try
        {
            store.Held.Write(held);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays in the index, and is tried again each second.
            Log.HeldFilesFailed(logger, e);
            return false;
        }
    }

    private static async Task<bool> IsNamedAsync(NoctisDbContext context, HeldContent held, CancellationToken ct) =>
        await context.Set<Instance>().AnyAsync(row => row.Id == held.InstanceId && row.FacilityId == held.FacilityId && row.StoragePath == held.StoragePath, ct)
        || await context.Set<InstanceVersion>()
            .AnyAsync(row => row.FacilityId == held.FacilityId && row.InstanceId == held.InstanceId && row.StoragePath == held.StoragePath, ct);
}
