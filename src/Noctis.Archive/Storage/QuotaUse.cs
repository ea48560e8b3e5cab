using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Quarantine;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Storage;

/// <summary>What counts against a facility's quota: its studies, the kept older versions, and what waits in quarantine; not the trash.</summary>
internal static class QuotaUse
{
    /// <param name="context">A context of the facility.</param>
    /// <param name="ct">Cancels the query.</param>
    public static async Task<long> ReadAsync(NoctisDbContext context, CancellationToken ct = default) =>
        await context.Set<FacilityUsage>().Select(usage => usage.Bytes + usage.VersionBytes).SingleOrDefaultAsync(ct)
        + await context.Set<QuarantineUsage>().Select(usage => usage.Bytes).SingleOrDefaultAsync(ct);
}
