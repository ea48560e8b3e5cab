using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.Studies;

/// <summary>Counts and charts, from rows that ingest keeps up to date: none of them counts images. Thread safe.</summary>
public sealed class ArrivalQueries
{
    private readonly INoctisDbContextFactory _contexts;
    private readonly ICrossTenantDbContextFactory _acrossFacilities;

    internal ArrivalQueries(INoctisDbContextFactory contexts, ICrossTenantDbContextFactory acrossFacilities) =>
        (_contexts, _acrossFacilities) = (contexts, acrossFacilities);

    /// <summary>The figures of a facility.</summary>
    /// <param name="scope">Whose.</param>
    /// <param name="todaySinceUtc">The beginning of the viewer's day. Images are counted by whole hours: where a zone is off by half an hour, the hour that it cuts counts as a whole.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<StudyCounts> GetCountsAsync(FacilityScope scope, DateTime todaySinceUtc, CancellationToken ct)
    {
        await using NoctisDbContext context = _contexts.CreateFor(scope);
        FacilityUsage? usage = await context.Set<FacilityUsage>().AsNoTracking().SingleOrDefaultAsync(ct);
        if (usage is null) return new StudyCounts(0, 0, 0, 0, 0, null, null);
        DateTime firstHour = StartOfHour(todaySinceUtc);
        int images = await context.Set<ArrivalHour>().Where(hour => hour.HourUtc >= firstHour).SumAsync(hour => hour.Images, ct);
        int studies = await context.Set<Study>().CountAsync(study => study.FirstReceivedUtc >= todaySinceUtc, ct);
        return new StudyCounts(usage.Studies, usage.Instances, usage.Bytes, studies, images, usage.LastReceivedUtc, usage.LastSourceAETitle);
    }

    /// <summary>What arrived at a facility, hour by hour, the hours without arrivals filled in.</summary>
    public async Task<IReadOnlyList<ArrivalPoint>> GetArrivalsAsync(FacilityScope scope, DateTime fromUtc, DateTime toUtc, CancellationToken ct)
    {
        await using NoctisDbContext context = _contexts.CreateFor(scope);
        return await ReadArrivalsAsync(context, fromUtc, toUtc, ct);
    }

    /// <summary>The same for all facilities together.</summary>
    public async Task<IReadOnlyList<ArrivalPoint>> GetArrivalsAsync(AdministratorScope scope, DateTime fromUtc, DateTime toUtc, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using NoctisDbContext context = _acrossFacilities.CreateAcrossFacilities();
        return await ReadArrivalsAsync(context, fromUtc, toUtc, ct);
    }

    /// <summary>What each facility has; those that never received anything are not in it.</summary>
    public async Task<IReadOnlyList<FacilityTotals>> GetTotalsByFacilityAsync(AdministratorScope scope, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using NoctisDbContext context = _acrossFacilities.CreateAcrossFacilities();
        return await context.Set<FacilityUsage>()
            .Select(usage => new FacilityTotals(usage.FacilityId, usage.Studies, usage.Instances, usage.Bytes, usage.LastReceivedUtc, usage.LastSourceAETitle))
            .ToListAsync(ct);
    }

    /// <summary>The figures of all facilities together.</summary>
    public async Task<StudyCounts> GetCountsAsync(AdministratorScope scope, DateTime todaySinceUtc, CancellationToken ct)
    {
        IReadOnlyList<FacilityTotals> totals = await GetTotalsByFacilityAsync(scope, ct);
        if (totals.Count == 0) return new StudyCounts(0, 0, 0, 0, 0, null, null);
        await using NoctisDbContext context = _acrossFacilities.CreateAcrossFacilities();
        DateTime firstHour = StartOfHour(todaySinceUtc);
        var today = await context.Set<ArrivalHour>().Where(hour => hour.HourUtc >= firstHour).GroupBy(_ => 1)
            .Select(group => new { Studies = group.Sum(hour => hour.Studies), Images = group.Sum(hour => hour.Images) }).SingleOrDefaultAsync(ct);
        FacilityTotals last = totals.MaxBy(total => total.LastReceivedUtc)!;
        return new StudyCounts(
            totals.Sum(total => total.Studies), totals.Sum(total => total.Images), totals.Sum(total => total.Bytes),
            today?.Studies ?? 0, today?.Images ?? 0, last.LastReceivedUtc, last.LastSourceAETitle);
    }

    private static async Task<IReadOnlyList<ArrivalPoint>> ReadArrivalsAsync(NoctisDbContext context, DateTime fromUtc, DateTime toUtc, CancellationToken ct)
    {
        DateTime first = StartOfHour(fromUtc);
        Dictionary<DateTime, ArrivalPoint> found = await context.Set<ArrivalHour>()
            .Where(hour => hour.HourUtc >= first && hour.HourUtc < toUtc)
            .GroupBy(hour => hour.HourUtc)
            .Select(group => new ArrivalPoint(group.Key, group.Sum(hour => hour.Studies), group.Sum(hour => hour.Images), group.Sum(hour => hour.Bytes)))
            .ToDictionaryAsync(point => point.HourUtc, ct);
        var points = new List<ArrivalPoint>();
        for (DateTime hour = first; hour < toUtc; hour = hour.AddHours(1)) points.Add(found.GetValueOrDefault(hour) ?? new ArrivalPoint(hour, 0, 0, 0));
        return points;
    }

    private static DateTime StartOfHour(DateTime time) => new(time.Year, time.Month, time.Day, time.Hour, 0, 0, DateTimeKind.Utc);
}
