using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Quarantine;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Storage;

/// <summary>What is stored, how it grows, and how long the room will last: from counts and daily figures, none of which counts images. Thread safe.</summary>
public sealed class StorageQueries(
    INoctisDbContextFactory contexts,
    ICrossTenantDbContextFactory acrossFacilities,
    ArrivalQueries arrivals,
    IDiskSpace disk,
    IOptions<StorageOptions> options,
    TimeProvider time)
{
    /// <summary>For the whole installation.</summary>
    public async Task<StorageOverview> GetAsync(AdministratorScope scope, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        DateTime now = time.GetUtcNow().UtcDateTime;
        await using NoctisDbContext context = acrossFacilities.CreateAcrossFacilities();
        List<FacilityDay> days = await ReadDaysAsync(context, Today(now), ct);
        IReadOnlyList<FacilityStorage> facilities = await ReadFacilitiesAsync(context, days, now, ct);
        (long total, long free) = (disk.TotalBytes, disk.FreeBytes);
        return new StorageOverview
        {
            DiskBytes = total,
            FreeBytes = free == long.MaxValue ? null : free,
            FloorBytes = (long)(options.Value.MinimumFreeGB * 1e9),
            WarnBytes = (long)(options.Value.WarnFreeGB * 1e9),
            History = StorageHistory.Create(
                Today(now), facilities.Sum(facility => facility.Bytes), days, await arrivals.GetArrivalsAsync(scope, now.AddDays(-StorageHistory.Days), now, ct)),
            Modalities = await ReadModalitiesAsync(context, ct),
            Facilities = facilities,
        };
    }

    /// <summary>For one facility.</summary>
    public async Task<Result<FacilityStorageDetails>> GetAsync(FacilityScope scope, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        DateTime now = time.GetUtcNow().UtcDateTime;
        await using NoctisDbContext context = contexts.CreateFor(scope);
        Facility? facility = await context.Facilities.AsNoTracking().SingleOrDefaultAsync(row => row.Id == scope.FacilityId, ct);
        if (facility is null) return new NotFoundError("There is no such facility. It may have been deleted.");
        FacilityUsage? usage = await context.Set<FacilityUsage>().AsNoTracking().SingleOrDefaultAsync(ct);
        StorageSettings? settings = await context.Set<StorageSettings>().AsNoTracking().SingleOrDefaultAsync(ct);
        long quarantined = await context.Set<QuarantineUsage>().Select(row => row.Bytes).SingleOrDefaultAsync(ct);
        var history = StorageHistory.Create(
            Today(now), usage?.Bytes ?? 0, await ReadDaysAsync(context, Today(now), ct), await arrivals.GetArrivalsAsync(scope, now.AddDays(-StorageHistory.Days), now, ct));
        return new FacilityStorageDetails(ToStorage(facility, usage, settings, quarantined, history.GrowthPerDay), history, await ReadModalitiesAsync(context, ct));
    }

    private static async Task<IReadOnlyList<FacilityStorage>> ReadFacilitiesAsync(NoctisDbContext context, List<FacilityDay> days, DateTime now, CancellationToken ct)
    {
        List<Facility> facilities = await context.Facilities.AsNoTracking().ToListAsync(ct);
        Dictionary<Guid, FacilityUsage> usages = await context.Set<FacilityUsage>().AsNoTracking().ToDictionaryAsync(usage => usage.FacilityId, ct);
        Dictionary<Guid, StorageSettings> settings = await context.Set<StorageSettings>().AsNoTracking().ToDictionaryAsync(row => row.FacilityId, ct);
        Dictionary<Guid, long> quarantined = await context.Set<QuarantineUsage>().ToDictionaryAsync(row => row.FacilityId, row => row.Bytes, ct);
        DateTime since = now.AddDays(-StorageHistory.GrowthDays);
        var arrived = await context.Set<ArrivalHour>().Where(hour => hour.HourUtc >= since).GroupBy(hour => hour.FacilityId)
            .Select(group => new { group.Key, Bytes = group.Sum(hour => hour.Bytes), First = group.Min(hour => hour.HourUtc) }).ToDictionaryAsync(row => row.Key, ct);
        ILookup<Guid, FacilityDay> daysOf = days.ToLookup(day => day.FacilityId);
        return [.. facilities.Select(facility =>
        {
            FacilityUsage? usage = usages.GetValueOrDefault(facility.Id);
            // Images that came again replaced others: no more can have been added than there is.
            long growth = Growth(Today(now), usage?.Bytes ?? 0, daysOf[facility.Id])
                ?? (arrived.GetValueOrDefault(facility.Id) is { } came ? (long)(Math.Min(came.Bytes, usage?.Bytes ?? 0) / Math.Clamp(Math.Ceiling((now - came.First).TotalDays), 1, StorageHistory.GrowthDays)) : 0);
            return ToStorage(facility, usage, settings.GetValueOrDefault(facility.Id), quarantined.GetValueOrDefault(facility.Id), growth);
        })];
    }

    /// <summary>A facility's growth by its daily figures; null while they do not go back for a week.</summary>
    private static long? Growth(DateOnly today, long bytesNow, IEnumerable<FacilityDay> days)
    {
        DateOnly from = today.AddDays(-StorageHistory.GrowthDays);
        FacilityDay? first = days.Where(day => day.Day >= from && day.Day < today).MinBy(day => day.Day);
        int span = first is null ? 0 : today.DayNumber - first.Day.DayNumber;
        return span < 7 ? null : (bytesNow - first!.Bytes) / span;
    }

    private static async Task<List<FacilityDay>> ReadDaysAsync(NoctisDbContext context, DateOnly today, CancellationToken ct)
    {
        DateOnly from = today.AddDays(1 - StorageHistory.Days);
        return await context.Set<StorageDay>().Where(day => day.Day >= from)
            .GroupBy(day => new { day.FacilityId, day.Day })
            .Select(group => new FacilityDay(group.Key.FacilityId, group.Key.Day, group.Sum(day => day.Bytes)))
            .ToListAsync(ct);
    }

    /// <summary>Of each facility's newest day, added up.</summary>
    private static async Task<IReadOnlyList<ModalityStorage>> ReadModalitiesAsync(NoctisDbContext context, CancellationToken ct)
    {
        var newest = context.Set<StorageDay>().GroupBy(day => day.FacilityId).Select(group => new { FacilityId = group.Key, Day = group.Max(day => day.Day) });
        var rows = await (
            from day in context.Set<StorageDay>()
            join last in newest on new { day.FacilityId, day.Day } equals new { last.FacilityId, last.Day }
            // Of a facility that was emptied no figures are written any more, and the last ones stay.
            where context.Set<FacilityUsage>().Any(usage => usage.FacilityId == day.FacilityId && usage.Instances > 0)
            group day by day.Modality into modality
            select new
            {
                modality.Key,
                Studies = modality.Sum(day => day.Studies),
                Instances = modality.Sum(day => day.Instances),
                Bytes = modality.Sum(day => day.Bytes),
            }).ToListAsync(ct);
        return [.. rows.Where(row => row.Instances > 0).OrderByDescending(row => row.Bytes).ThenBy(row => row.Key, StringComparer.Ordinal)
            .Select(row => new ModalityStorage(row.Key, row.Studies, row.Instances, row.Bytes))];
    }

    private static FacilityStorage ToStorage(Facility facility, FacilityUsage? usage, StorageSettings? settings, long quarantinedBytes, long growthPerDay) => new()
    {
        FacilityId = facility.Id,
        Name = facility.Name,
        State = facility.State,
        Studies = usage?.Studies ?? 0,
        Instances = usage?.Instances ?? 0,
        Bytes = usage?.Bytes ?? 0,
        VersionBytes = usage?.VersionBytes ?? 0,
        TrashStudies = usage?.TrashStudies ?? 0,
        TrashBytes = usage?.TrashBytes ?? 0,
        QuarantineBytes = quarantinedBytes,
        QuotaBytes = settings?.QuotaBytes,
        WarnPercent = settings?.WarnPercent ?? StorageSettings.DefaultWarnPercent,
        GrowthPerDay = growthPerDay,
    };

    private static DateOnly Today(DateTime now) => DateOnly.FromDateTime(now);
}
