using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Settings;

namespace Noctis.Archive.Quarantine;

/// <summary>Discards what waits in quarantine: at a manager's word, or when its days are over. There is no way back.</summary>
public sealed class QuarantineDisposal
{
    private const string Job = "quarantine";

    /// <summary>Few enough that nobody waits for one transaction.</summary>
    private const int BatchSize = 200;

    private readonly INoctisDbContextFactory _contexts;
    private readonly ICrossTenantDbContextFactory _acrossFacilities;
    private readonly QuarantineFiles _files;
    private readonly FacilitySettingsQueries _settings;
    private readonly AuditTrail _audit;
    private readonly TimeProvider _time;

    internal QuarantineDisposal(
        INoctisDbContextFactory contexts, ICrossTenantDbContextFactory acrossFacilities, QuarantineFiles files, FacilitySettingsQueries settings, AuditTrail audit, TimeProvider time) =>
        (_contexts, _acrossFacilities, _files, _settings, _audit, _time) = (contexts, acrossFacilities, files, settings, audit, time);

    /// <summary>Discards what some devices have sent of some studies. For managers and administrators.</summary>
    /// <returns>How many objects went.</returns>
    public async Task<Result<int>> DiscardAsync(FacilityScope scope, IReadOnlyCollection<QuarantineKey> keys, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(keys);
        if (!scope.MayManage) return QuarantineQueries.Forbidden();
        int discarded = 0;
        foreach (QuarantineKey key in keys)
        {
            discarded += await DiscardAsync(
                scope, context => QuarantineFiles.Of(context, key), $"{key.CallingAETitle} at {key.RemoteAddress}, a study", ct);
        }

        return discarded;
    }

    /// <summary>The job's work: discards what is past its days, in all facilities.</summary>
    /// <returns>What it did, in a sentence; empty when nothing was due.</returns>
    public async Task<string> RunAsync(CancellationToken ct)
    {
        int discarded = 0, facilities = 0;
        foreach (Guid facilityId in await ListFacilitiesAsync(ct))
        {
            var scope = FacilityScope.ForJob(facilityId, Job);
            int days = (await _settings.GetAsync(scope, ct)).Settings.Access.QuarantineDays;
            DateTime before = _time.GetUtcNow().UtcDateTime.AddDays(-days);
            int gone = await DiscardAsync(scope, context => context.Set<QuarantinedInstance>().Where(row => row.ReceivedUtc < before), $"older than {days} days", ct);
            discarded += gone;
            if (gone > 0) facilities++;
        }

        return discarded == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $"{discarded:N0} {(discarded == 1 ? "image" : "images")} of {facilities:N0} {(facilities == 1 ? "facility" : "facilities")} discarded, whose days were over.");
    }

    private async Task<int> DiscardAsync(FacilityScope scope, Func<NoctisDbContext, IQueryable<QuarantinedInstance>> which, string what, CancellationToken ct)
    {
        int discarded = 0;
        while (true)
        {
            long[] ids;
            await using (NoctisDbContext context = _contexts.CreateFor(scope))
                ids = await which(context).OrderBy(row => row.Id).Select(row => row.Id).Take(BatchSize).ToArrayAsync(ct);
            if (ids.Length == 0) return discarded;
            discarded += await _files.RemoveAsync(
                scope,
                ids,
                context => _audit.Add(context, AuditActor.Of(scope), AuditAction.QuarantineDiscarded, scope.FacilityId, null,
                    string.Create(CultureInfo.InvariantCulture, $"{what}: {ids.Length:N0} images")),
                ct);
        }
    }

    private async Task<List<Guid>> ListFacilitiesAsync(CancellationToken ct)
    {
        await using NoctisDbContext context = _acrossFacilities.CreateAcrossFacilities();
        return await context.Set<QuarantineUsage>().Where(usage => usage.Instances > 0).Select(usage => usage.FacilityId).ToListAsync(ct);
    }
}
