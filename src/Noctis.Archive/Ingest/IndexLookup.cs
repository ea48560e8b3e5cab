using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Quarantine;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Ingest;

/// <summary>Asks the index about single files, for those who clean up.</summary>
internal sealed class IndexLookup(INoctisDbContextFactory contexts)
{
    /// <summary>Whether a row says that its object is in this file.</summary>
    public async Task<bool> IsIndexedAsync(PlacedObject placed, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateFor(FacilityScope.ForJob(placed.FacilityId, "ingest recovery"));
        if (StoragePaths.IsQuarantined(placed.RelativePath))
            return await context.Set<QuarantinedInstance>().AnyAsync(row => row.SOPInstanceUID == placed.SopInstanceUid && row.StoragePath == placed.RelativePath, ct);
        return await context.Set<Instance>().AnyAsync(row => row.SOPInstanceUID == placed.SopInstanceUid && row.StoragePath == placed.RelativePath, ct);
    }
}
