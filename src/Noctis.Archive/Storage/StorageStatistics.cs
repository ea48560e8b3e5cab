using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Storage;

/// <summary>
/// Writes down what each facility holds of each modality today, so that pages can tell growth and forecast. The row of a day is
/// written again and again until the day is over. What lies in the trash is not counted.
/// </summary>
public sealed class StorageStatistics(ICrossTenantDbContextFactory contexts, TimeProvider time)
{
    /// <summary>One query and one transaction each: long enough to be few, short enough to hold nobody up.</summary>
    private const int FacilitiesAtOnce = 50;

    /// <returns>The facilities for which figures were written.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        int written = 0;
        foreach (Guid[] some in (await ListFacilitiesAsync(ct)).Chunk(FacilitiesAtOnce))
        {
            try
            {
                written += await WriteAsync(some, day, ct);
            }
            catch (DbUpdateException)
            {
                // One of them is just being deleted: the others must not go without.
                foreach (Guid facility in some) written += await WriteIfThereAsync(facility, day, ct);
            }
        }

        return written;
    }

    private async Task<List<Guid>> ListFacilitiesAsync(CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateAcrossFacilities();
        return await context.Facilities.Where(facility => facility.State != FacilityState.Deleting).OrderBy(facility => facility.Id)
            .Select(facility => facility.Id).ToListAsync(ct);
    }

    private async Task<int> WriteIfThereAsync(Guid facility, DateOnly day, CancellationToken ct)
    {
        try
        {
            return await WriteAsync([facility], day, ct);
        }
        catch (DbUpdateException)
        {
            if ((await ListFacilitiesAsync(ct)).Contains(facility)) throw;
            return 0;
        }
    }

    private async Task<int> WriteAsync(Guid[] facilities, DateOnly day, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateAcrossFacilities();
        Dictionary<(Guid, string), StorageDay> written = await context.Set<StorageDay>()
            .Where(row => facilities.Contains(row.FacilityId) && row.Day == day).ToDictionaryAsync(row => (row.FacilityId, row.Modality), ct);
        foreach (StorageDay counted in await CountAsync(context, facilities, day, ct))
        {
            if (written.Remove((counted.FacilityId, counted.Modality), out StorageDay? row))
                (row.Studies, row.Instances, row.Bytes) = (counted.Studies, counted.Instances, counted.Bytes);
            else
                context.Add(counted);
        }

        // Of these there is nothing left.
        context.RemoveRange(written.Values);
        await context.SaveChangesAsync(ct);
        return facilities.Length;
    }

    private static async Task<IEnumerable<StorageDay>> CountAsync(NoctisDbContext context, Guid[] facilities, DateOnly day, CancellationToken ct)
    {
        var counts = await context.Set<Series>().Where(series => facilities.Contains(series.FacilityId))
            .Join(context.Set<Study>(), series => new { series.FacilityId, Id = series.StudyId }, study => new { study.FacilityId, study.Id }, (series, _) => series)
            .GroupBy(series => new { series.FacilityId, Modality = series.Modality ?? "" })
            .Select(group => new
            {
                group.Key.FacilityId,
                group.Key.Modality,
                Studies = group.Select(series => series.StudyId).Distinct().Count(),
                Instances = group.Sum(series => (long)series.NumberOfInstances),
                Bytes = group.Sum(series => series.Bytes),
            }).ToListAsync(ct);
        return counts.Select(count => new StorageDay
        {
            FacilityId = count.FacilityId,
            Day = day,
            Modality = count.Modality,
            Studies = count.Studies,
            Instances = count.Instances,
            Bytes = count.Bytes,
        });
    }
}
