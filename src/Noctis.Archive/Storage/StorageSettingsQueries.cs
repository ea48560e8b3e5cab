using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Quarantine;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Storage;

/// <summary>Reads how facilities keep their objects, and how they stand to their quotas. Thread safe.</summary>
public sealed class StorageSettingsQueries(INoctisDbContextFactory contexts, ICrossTenantDbContextFactory acrossFacilities)
{
    /// <summary>The facility's settings; the defaults, with version 0, where nobody has changed them yet.</summary>
    public async Task<StorageSettings> GetAsync(FacilityScope scope, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using NoctisDbContext context = contexts.CreateFor(scope);
        return await context.Set<StorageSettings>().AsNoTracking().SingleOrDefaultAsync(ct) ?? new StorageSettings { FacilityId = scope.FacilityId, Version = 0 };
    }

    /// <summary>How the facility stands to its quota; null where it has none.</summary>
    public async Task<QuotaStanding?> GetStandingAsync(FacilityScope scope, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateFor(scope);
        return await Standings(context).SingleOrDefaultAsync(ct);
    }

    /// <summary>Every facility that has a quota.</summary>
    public async Task<IReadOnlyList<QuotaStanding>> ListStandingsAsync(AdministratorScope scope, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using NoctisDbContext context = acrossFacilities.CreateAcrossFacilities();
        return await Standings(context).ToListAsync(ct);
    }

    /// <summary>Whether a facility that takes images has clean-up on.</summary>
    public async Task<bool> DoSomeCleanUpAsync(AdministratorScope scope, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using NoctisDbContext context = acrossFacilities.CreateAcrossFacilities();
        return await context.Set<StorageSettings>().AnyAsync(settings =>
            settings.CleanUp != CleanUp.Off && context.Facilities.Any(facility => facility.Id == settings.FacilityId && facility.State == FacilityState.Active), ct);
    }

    private static IQueryable<QuotaStanding> Standings(NoctisDbContext context) =>
        from settings in context.Set<StorageSettings>()
        where settings.QuotaBytes != null
        join facility in context.Facilities on settings.FacilityId equals facility.Id
        where facility.State != FacilityState.Deleting
        join usage in context.Set<FacilityUsage>() on settings.FacilityId equals usage.FacilityId
        let quarantined = context.Set<QuarantineUsage>().Where(row => row.FacilityId == settings.FacilityId).Sum(row => row.Bytes)
        select new QuotaStanding(facility.Id, facility.Name, usage.Bytes + usage.VersionBytes + quarantined, settings.QuotaBytes!.Value, settings.WarnPercent, settings.CleanUp);
}
