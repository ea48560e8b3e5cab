using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Retention;

/// <summary>Reads the trash of one facility; the whole of it is for its managers. Thread safe.</summary>
public sealed class TrashQueries(INoctisDbContextFactory contexts)
{
    private const int MaxPageSize = 200;

    /// <summary>A page of the trash, newest deletion first.</summary>
    /// <param name="scope">Whose trash.</param>
    /// <param name="before">The <see cref="TrashedStudy.Id"/> after which the page begins; null for the first page.</param>
    /// <param name="pageSize">At most 200.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<Result<TrashPage>> ListAsync(FacilityScope scope, long? before, int pageSize, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!scope.MayManage) return new ForbiddenError("The trash is for the facility's managers. Ask one of them.");
        int size = Math.Clamp(pageSize, 1, MaxPageSize);
        await using NoctisDbContext context = contexts.CreateFor(scope);
        IQueryable<TrashedStudy> rows = context.Set<TrashedStudy>();
        if (before is { } id) rows = rows.Where(row => row.Id < id);
        List<TrashedStudy> trashed = await rows.AsNoTracking().OrderByDescending(row => row.Id).Take(size + 1).ToListAsync(ct);
        bool more = trashed.Count > size;
        if (more) trashed.RemoveAt(size);

        long[] studyIds = [.. trashed.Select(row => row.StudyId)];
        Dictionary<long, Study> studies = await context.Set<Study>().IncludingTrash().AsNoTracking()
            .Where(study => studyIds.Contains(study.Id)).ToDictionaryAsync(study => study.Id, ct);
        return new TrashPage(
            // Between the two queries one may have gone for good.
            [.. trashed.Where(row => studies.ContainsKey(row.StudyId)).Select(row => new TrashRow(row, studies[row.StudyId]))],
            more ? trashed[^1].Id : null);
    }

    /// <summary>How a study went, for whoever in the facility looks for it; null when it is not in the trash.</summary>
    public async Task<TrashedStudy?> FindAsync(FacilityScope scope, long studyId, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateFor(scope);
        return await context.Set<TrashedStudy>().AsNoTracking().Where(row => row.StudyId == studyId).OrderByDescending(row => row.Id).FirstOrDefaultAsync(ct);
    }

    /// <summary>What the trash holds that can be restored.</summary>
    public async Task<TrashTotals> GetTotalsAsync(FacilityScope scope, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateFor(scope);
        return await context.Set<FacilityUsage>().Select(usage => new TrashTotals(usage.TrashStudies, usage.TrashBytes)).SingleOrDefaultAsync(ct) ?? new TrashTotals(0, 0);
    }
}
