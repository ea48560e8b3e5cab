using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Noctis.Archive.Database;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Retention;

/// <summary>The server's floor of free space, and the trash that gives way to it.</summary>
internal sealed class DiskRoom(IDiskSpace disk, IOptions<StorageOptions> options, ICrossTenantDbContextFactory acrossFacilities, TrashEmptying emptying)
{
    private const int PageSize = 50;
    private const double BytesInGB = 1e9;

    /// <summary>How many bytes are missing to <paramref name="share"/> of the floor; 0 or less when none are.</summary>
    public long Missing(double share)
    {
        double floor = options.Value.MinimumFreeGB * BytesInGB;
        return floor <= 0 ? 0 : (long)(floor * share) - disk.FreeBytes;
    }

    /// <summary>Removes studies from the trash of facilities that have clean-up on, oldest deletion first, until so many bytes went.</summary>
    /// <returns>The bytes that went, and whether some should have gone and could not.</returns>
    public async Task<(long Bytes, bool IsHeldUp)> EmptyTrashAsync(long bytes, SweepOutcome outcome, CancellationToken ct)
    {
        (long gone, long last, bool heldUp) = (0, 0, false);
        while (gone < bytes)
        {
            List<TrashedStudy> oldest = await ListOldestAsync(last, ct);
            if (oldest.Count == 0) break;
            foreach (TrashedStudy trashed in oldest.TakeWhile(_ => gone < bytes))
            {
                last = trashed.Id;
                if (await emptying.RemoveEarlyAsync(trashed, ct))
                {
                    outcome.RemovedEarly(trashed);
                    gone += trashed.Bytes;
                }
                else
                {
                    heldUp = true;
                }
            }
        }

        return (gone, heldUp);
    }

    private async Task<List<TrashedStudy>> ListOldestAsync(long after, CancellationToken ct)
    {
        await using NoctisDbContext context = acrossFacilities.CreateAcrossFacilities();
        return await context.Set<TrashedStudy>().AsNoTracking()
            .Where(row => row.Id > after && context.Set<StorageSettings>().Any(settings => settings.FacilityId == row.FacilityId && settings.CleanUp != CleanUp.Off))
            .OrderBy(row => row.Id).Take(PageSize).ToListAsync(ct);
    }
}
