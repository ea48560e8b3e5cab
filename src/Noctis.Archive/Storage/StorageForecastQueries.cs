using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Storage;

/// <summary>
/// How long room will last, for warnings: by what is held now and what was held at one day of the last month, so that it costs two small
/// statements for all facilities. A facility that has been sending for less than a week has no forecast yet. Thread safe.
/// </summary>
public sealed class StorageForecastQueries(
    INoctisDbContextFactory contexts, ICrossTenantDbContextFactory acrossFacilities, IDiskSpace disk, IOptions<StorageOptions> options, TimeProvider time)
{
    /// <summary>A shorter time has no weekend in it.</summary>
    private const int ShortestSpan = 7;

    /// <summary>A facility's; null without a quota, or too early to tell.</summary>
    public async Task<QuotaForecast?> GetAsync(FacilityScope scope, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateFor(scope);
        return (await ReadAsync(context, ct)).Select(growth => growth.Forecast).SingleOrDefault(forecast => forecast is not null);
    }

    /// <summary>Of every facility that has a quota and a forecast, and of the disk.</summary>
    public async Task<(IReadOnlyList<QuotaForecast> Quotas, DiskForecast Disk)> GetAsync(AdministratorScope scope, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using NoctisDbContext context = acrossFacilities.CreateAcrossFacilities();
        List<Growth> found = await ReadAsync(context, ct);
        long perDay = found.Sum(growth => growth.PerDay);
        long free = disk.FreeBytes;
        int? days = free == long.MaxValue ? null : StorageForecast.DaysUntil(free - (long)(options.Value.MinimumFreeGB * 1e9), perDay);
        return ([.. found.Select(growth => growth.Forecast).OfType<QuotaForecast>()], new DiskForecast(perDay, days));
    }

    private async Task<List<Growth>> ReadAsync(NoctisDbContext context, CancellationToken ct)
    {
        DateOnly today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        (DateOnly from, DateOnly until) = (today.AddDays(-StorageHistory.GrowthDays), today.AddDays(-ShortestSpan));
        var first = context.Set<StorageDay>().Where(day => day.Day >= from && day.Day <= until)
            .GroupBy(day => day.FacilityId).Select(group => new { FacilityId = group.Key, Day = group.Min(day => day.Day) });
        var before = await (
            from day in context.Set<StorageDay>()
            join start in first on new { day.FacilityId, day.Day } equals new { start.FacilityId, start.Day }
            group day by new { day.FacilityId, day.Day } into held
            select new { held.Key.FacilityId, held.Key.Day, Bytes = held.Sum(day => day.Bytes) }).ToListAsync(ct);
        var now = await (
            from usage in context.Set<FacilityUsage>()
            join facility in context.Facilities on usage.FacilityId equals facility.Id
            where facility.State != FacilityState.Deleting
            join setting in context.Set<StorageSettings>() on usage.FacilityId equals setting.FacilityId into settings
            from setting in settings.DefaultIfEmpty()
            select new { usage.FacilityId, usage.Bytes, Counted = usage.Bytes + usage.VersionBytes, QuotaBytes = setting == null ? null : setting.QuotaBytes }).ToDictionaryAsync(row => row.FacilityId, ct);
        return [.. before.Where(row => now.ContainsKey(row.FacilityId)).Select(row =>
        {
            var held = now[row.FacilityId];
            long perDay = (held.Bytes - row.Bytes) / (today.DayNumber - row.Day.DayNumber);
            return new Growth(perDay, held.QuotaBytes is { } quota ? new QuotaForecast(row.FacilityId, perDay, StorageForecast.DaysUntil(quota - held.Counted, perDay)) : null);
        })];
    }

    private sealed record Growth(long PerDay, QuotaForecast? Forecast);
}
