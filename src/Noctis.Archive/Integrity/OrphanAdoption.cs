using Noctis.Archive.Ingest;
using Noctis.Archive.Quarantine;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Integrity;

/// <summary>
/// The last steps of ingest for a file that is placed already. It counts as received now: it is now that people get to see it, and
/// that its days of retention begin.
/// </summary>
internal sealed class OrphanAdoption(IndexWriter index, QuarantineIndex quarantine, TimeProvider time) : IOrphanAdoption
{
    public async Task<bool> AdoptAsync(OrphanFile file, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var placed = new PlacedObject(file.FacilityId, file.Origin.SopInstanceUid, file.Found.StoragePath, "");
        var content = new PlacedContent(file.Bytes, file.Hash, time.GetUtcNow().UtcDateTime);
        // Whatever the facility's setting: what came from a sender meanwhile is preferred to what was found on disk.
        IndexEntry entry = InstanceHeader.ToEntry(file.Header, file.Origin, placed, content, DuplicatePolicy.KeepFirst);
        Result<IndexedInstance> indexed = StoragePaths.IsQuarantined(file.Found.StoragePath)
            ? await quarantine.AddAsync(entry, QuarantineTerms.Unlimited, file.Origin.CalledAETitle)
            : await index.AddAsync(entry);
        return indexed.TryGetValue(out IndexedInstance? row) && row.IsKept;
    }
}
