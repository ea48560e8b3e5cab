using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Storage;

/// <summary>Reads what arrived with differing content under the same UID. Thread safe.</summary>
public sealed class VersionQueries(INoctisDbContextFactory contexts)
{
    private const int Most = 100;

    /// <summary>How many images of a study arrived with differing content.</summary>
    public async Task<int> CountImagesAsync(FacilityScope scope, long studyId, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateFor(scope);
        return await context.Set<InstanceVersion>().Where(version => version.StudyId == studyId).Select(version => version.InstanceId).Distinct().CountAsync(ct);
    }

    /// <summary>The images of a study that did, by series and number; a hundred at most.</summary>
    public async Task<IReadOnlyList<VersionedImage>> ListImagesAsync(FacilityScope scope, long studyId, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateFor(scope);
        IQueryable<long> ids = context.Set<InstanceVersion>().Where(version => version.StudyId == studyId).Select(version => version.InstanceId);
        return await (
            from instance in context.Set<Instance>()
            where ids.Contains(instance.Id)
            join series in context.Set<Series>() on new { instance.FacilityId, Id = instance.SeriesId } equals new { series.FacilityId, series.Id }
            orderby series.SeriesNumber, instance.InstanceNumber, instance.Id
            select new VersionedImage(instance.Id, series.SeriesNumber, instance.InstanceNumber)).Take(Most).ToListAsync(ct);
    }

    /// <summary>The other contents of one image, the newest first; a hundred at most.</summary>
    public async Task<IReadOnlyList<InstanceVersion>> ListAsync(FacilityScope scope, long instanceId, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateFor(scope);
        return await context.Set<InstanceVersion>().AsNoTracking().Where(version => version.InstanceId == instanceId)
            .OrderByDescending(version => version.ReceivedUtc).ThenByDescending(version => version.Id).Take(Most).ToListAsync(ct);
    }
}
