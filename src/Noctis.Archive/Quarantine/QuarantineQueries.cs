using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Quarantine;

/// <summary>Reads a facility's quarantine, for its managers. Thread safe.</summary>
public sealed class QuarantineQueries(INoctisDbContextFactory contexts, ICrossTenantDbContextFactory acrossFacilities)
{
    private const int MaxPageSize = 200;

    /// <summary>A page of what waits, by device and study, what came last first.</summary>
    /// <param name="scope">Whose quarantine.</param>
    /// <param name="before">The <see cref="QuarantinePage.Next"/> of the page before; null for the first page.</param>
    /// <param name="pageSize">At most 200.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<Result<QuarantinePage>> ListAsync(FacilityScope scope, long? before, int pageSize, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!scope.MayManage) return Forbidden();
        int size = Math.Clamp(pageSize, 1, MaxPageSize);
        await using NoctisDbContext context = contexts.CreateFor(scope);
        var groups = context.Set<QuarantinedInstance>()
            .GroupBy(row => new { row.CallingAETitle, row.RemoteAddress, row.StudyInstanceUID })
            .Select(group => new
            {
                group.Key,
                Instances = group.Count(),
                Bytes = group.Sum(row => row.Bytes),
                FirstUtc = group.Min(row => row.ReceivedUtc),
                LastUtc = group.Max(row => row.ReceivedUtc),
                NewestId = group.Max(row => row.Id),
            });
        if (before is { } id) groups = groups.Where(group => group.NewestId < id);
        var page = await groups.OrderByDescending(group => group.NewestId).Take(size + 1).ToListAsync(ct);
        bool more = page.Count > size;
        if (more) page.RemoveAt(size);

        long[] newest = [.. page.Select(group => group.NewestId)];
        Dictionary<long, QuarantinedInstance> rows = await context.Set<QuarantinedInstance>().AsNoTracking()
            .Where(row => newest.Contains(row.Id)).ToDictionaryAsync(row => row.Id, ct);
        Dictionary<QuarantineKey, int> faulty = await ReadFaultyAsync(context, ct);
        return new QuarantinePage(
            // Between the two queries one may have been released.
            [.. page.Where(group => rows.ContainsKey(group.NewestId)).Select(group => new QuarantineGroup(
                new QuarantineKey(group.Key.CallingAETitle, group.Key.RemoteAddress, group.Key.StudyInstanceUID),
                group.Instances, group.Bytes, group.FirstUtc, group.LastUtc, rows[group.NewestId]))
                .Select(group => group with { Faulty = faulty.GetValueOrDefault(group.Key) })],
            more ? page[^1].NewestId : null);
    }

    /// <summary>How much waits; nothing for who may not see it.</summary>
    public async Task<QuarantineTotals> GetTotalsAsync(FacilityScope scope, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!scope.MayManage) return default;
        await using NoctisDbContext context = contexts.CreateFor(scope);
        var usage = await context.Set<QuarantineUsage>().AsNoTracking().SingleOrDefaultAsync(ct);
        return usage is null ? default : new QuarantineTotals(usage.Instances, usage.Bytes, await Faulty(context).CountAsync(ct));
    }

    /// <summary>How much waits at each facility where something does, for administrators.</summary>
    public async Task<IReadOnlyDictionary<Guid, QuarantineTotals>> GetTotalsByFacilityAsync(AdministratorScope scope, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using NoctisDbContext context = acrossFacilities.CreateAcrossFacilities();
        Dictionary<Guid, int> faulty = await Faulty(context).GroupBy(row => row.FacilityId)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);
        return await context.Set<QuarantineUsage>().AsNoTracking().Where(usage => usage.Instances > 0)
            .ToDictionaryAsync(usage => usage.FacilityId, usage => new QuarantineTotals(usage.Instances, usage.Bytes, faulty.GetValueOrDefault(usage.FacilityId)), ct);
    }

    /// <summary>The objects whose files are faulty: few, and found by the index of faults.</summary>
    private static IQueryable<QuarantinedInstance> Faulty(NoctisDbContext context) =>
        from fault in context.Set<InstanceFault>()
        where fault.StudyId == InstanceFault.NoStudy
        join row in context.Set<QuarantinedInstance>() on new { fault.FacilityId, Id = fault.InstanceId } equals new { row.FacilityId, row.Id }
        select row;

    private static async Task<Dictionary<QuarantineKey, int>> ReadFaultyAsync(NoctisDbContext context, CancellationToken ct) =>
        (await Faulty(context).GroupBy(row => new { row.CallingAETitle, row.RemoteAddress, row.StudyInstanceUID })
            .Select(group => new { group.Key, Count = group.Count() }).ToListAsync(ct))
        .ToDictionary(group => new QuarantineKey(group.Key.CallingAETitle, group.Key.RemoteAddress, group.Key.StudyInstanceUID), group => group.Count);

    internal static ForbiddenError Forbidden() => new("Quarantine is for the facility's managers. Ask one of them.");
}
