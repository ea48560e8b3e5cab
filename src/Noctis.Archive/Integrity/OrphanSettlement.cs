using Microsoft.Extensions.Logging;
using Noctis.Archive.Ingest;
using Noctis.Archive.Storage;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;

namespace Noctis.Archive.Integrity;

/// <summary>
/// Decides what becomes of a file that no row names. It may be an image that was acknowledged, whose row went with a database that
/// was restored from an older back-up: so what may be the only copy is never deleted.
/// </summary>
internal sealed class OrphanSettlement(IntegrityParts parts, FacilityFolder folder, OrphanIndex index, IOrphanAdoption adoption, ILogger<OrphanSettlement> logger)
{
    private static readonly DicomReadOptions HeaderOptions = new() { StopBefore = DicomTag.PixelData, DeferValuesAbove = 4096 };

    public async Task<OrphanOutcome> SettleAsync(FoundFile file, CancellationToken ct)
    {
        try
        {
            if (folder.IsUnfinished(file)) return OrphanOutcome.Left;
            OrphanOutcome outcome = await ReadAsync(file, ct) is { } orphan ? await SettleAsync(orphan, ct) : MoveToLost(file);
            Tell(file, outcome);
            return outcome;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.OrphanLeft(logger, e, file.FacilityId, file.StoragePath);
            return OrphanOutcome.Left;
        }
    }

    private async Task<OrphanOutcome> SettleAsync(OrphanFile orphan, CancellationToken ct)
    {
        // Nobody has released it: whatever the archive holds of the same object, it stays apart.
        if (StoragePaths.IsQuarantined(orphan.Found.StoragePath)) return await adoption.AdoptAsync(orphan, ct) ? OrphanOutcome.Kept : OrphanOutcome.Left;
        (bool isGoing, OrphanTwin? twin) = await index.FindTwinAsync(orphan, ct);
        if (isGoing) return OrphanOutcome.Left;
        if (twin is null) return await adoption.AdoptAsync(orphan, ct) ? OrphanOutcome.Indexed : OrphanOutcome.Left;

        bool isSame = twin.File.ContentHash is { } hash && hash.AsSpan().SequenceEqual(orphan.Hash);
        FileVerdict verdict = await parts.Verifier.VerifyAsync(twin.File, null, ct);
        if (verdict.Fault is { } fault)
        {
            await parts.Faults.ReportAsync(twin.File, fault, ct);
            // What was acknowledged last makes the fault good: the same content, or a copy that came later and whose row was lost.
            // An older copy must not come back in its place. In the trash it waits for the study to be restored.
            if ((isSame || twin.File.ContentHash is null || orphan.Found.IsNewerThan(twin.File.StoragePath)) && !twin.IsTrashed)
                return await adoption.AdoptAsync(orphan, ct) ? OrphanOutcome.Repaired : OrphanOutcome.Left;
        }
        else if (isSame || verdict.Hash.AsSpan().SequenceEqual(orphan.Hash) || await index.WasDroppedAsync(twin, orphan.Hash, ct))
        {
            folder.Remove(orphan.Found);
            return OrphanOutcome.Removed;
        }

        return await index.KeepAsync(orphan, twin, ct) ? OrphanOutcome.Kept : OrphanOutcome.Left;
    }

    /// <returns>Null when the file is none that could ever have been stored.</returns>
    private async Task<OrphanFile?> ReadAsync(FoundFile file, CancellationToken ct)
    {
        if (await parts.Verifier.ReadMetaAsync(file, ct) is not { } meta || await parts.Verifier.MeasureAsync(file, ct) is not { } measured) return null;
        var origin = new IngestOrigin
        {
            TransferSyntaxUid = meta.GetString(DicomTag.TransferSyntaxUID) ?? "",
            SopClassUid = meta.GetString(DicomTag.MediaStorageSOPClassUID) ?? "",
            SopInstanceUid = meta.GetString(DicomTag.MediaStorageSOPInstanceUID) ?? "",
            CallingAETitle = IndexText.Clean(meta.GetString(DicomTag.SourceApplicationEntityTitle), IngestOrigin.AETitleLength) ?? "",
        };
        if (!InstanceHeader.IsUsableUid(origin.SopInstanceUid) || !InstanceHeader.IsUsableUid(origin.SopClassUid)) return null;
        try
        {
            DicomDataset header = (await DicomFile.OpenAsync(folder.PathOf(file), HeaderOptions, ct)).Dataset;
            return InstanceHeader.Judge(header, origin) is null ? new OrphanFile(file, header, origin, measured.Bytes, measured.Hash) : null;
        }
        catch (DicomDataException)
        {
            return null;
        }
    }

    private OrphanOutcome MoveToLost(FoundFile file)
    {
        folder.MoveToLost(file);
        return OrphanOutcome.Lost;
    }

    private void Tell(FoundFile file, OrphanOutcome outcome)
    {
        (Guid facilityId, string path) = (file.FacilityId, file.StoragePath);
        switch (outcome)
        {
            case OrphanOutcome.Indexed:
                Log.OrphanIndexed(logger, facilityId, path);
                break;
            case OrphanOutcome.Repaired:
                Log.OrphanRepaired(logger, facilityId, path);
                break;
            case OrphanOutcome.Kept:
                Log.OrphanKept(logger, facilityId, path);
                break;
            case OrphanOutcome.Removed:
                Log.OrphanRemoved(logger, facilityId, path);
                break;
            case OrphanOutcome.Lost:
                Log.OrphanLost(logger, facilityId, path);
                break;
            default:
                Log.OrphanLeft(logger, null, facilityId, path);
                break;
        }
    }
}
