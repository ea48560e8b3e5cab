using Microsoft.Extensions.Logging;
using Noctis.Archive.Storage;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;

namespace Noctis.Archive.Ingest;

/// <summary>
/// Deals with what a process that was killed left behind. Every object has a name in <c>incoming/</c> from its first byte until
/// its row is committed and tidied up after; so what is there from a run that is over is all that can be unfinished, and the
/// cost is that of the objects in flight at the time, not of the archive. To be run before listeners start.
/// </summary>
public sealed class StartupRecovery
{
    private readonly ObjectStore _store;
    private readonly IndexLookup _index;
    private readonly FileRemovals _removals;
    private readonly HeldRecovery _held;
    private readonly ILogger<StartupRecovery> _logger;

    internal StartupRecovery(ObjectStore store, IndexLookup index, FileRemovals removals, HeldRecovery held, ILogger<StartupRecovery> logger) =>
        (_store, _index, _removals, _held, _logger) = (store, index, removals, held, logger);

    public async Task RunAsync(CancellationToken ct)
    {
        int unfinished = 0, finished = await _held.RunAsync(ct);
        bool allSettled = true;
        foreach (Leftover leftover in _store.FindLeftovers())
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                if (await SettleAsync(leftover, ct)) finished++;
                else unfinished++;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // One file that cannot be touched must not keep the other facilities from receiving.
                allSettled = false;
                Log.NotRecovered(_logger, e, leftover.FacilityId);
            }
        }

        await _removals.DrainAsync(TimeSpan.Zero, ct);
        if (allSettled) _store.ForgetFinishedRuns();
        if (unfinished + finished > 0) Log.Recovered(_logger, unfinished, finished);
    }

    /// <returns>Whether its row was committed.</returns>
    private async Task<bool> SettleAsync(Leftover leftover, CancellationToken ct)
    {
        bool isIndexed = false;
        if (Identify(leftover) is { } placed)
        {
            isIndexed = await _index.IsIndexedAsync(placed, ct);
            // It was never acknowledged, so its sender still has it.
            if (!isIndexed) _store.Remove(placed.FacilityId, placed.RelativePath);
        }

        _store.RemoveLeftover(leftover.Path);
        return isIndexed;
    }

    /// <summary>Which object it is, and so where it was to be placed; null when too little of it had arrived to say, so that it cannot have been.</summary>
    private static PlacedObject? Identify(Leftover leftover)
    {
        if (leftover.IsMarker) return FromMarker(leftover);
        try
        {
            DicomFile file = DicomFile.Open(leftover.Path, new DicomReadOptions { StopBefore = DicomTag.PixelData, DeferValuesAbove = 4096 });
            string? instance = file.FileMeta.GetString(DicomTag.MediaStorageSOPInstanceUID);
            if (instance is null || !file.Dataset.Contains(DicomTag.StudyInstanceUID) || !file.Dataset.Contains(DicomTag.SeriesInstanceUID)) return null;
            string relative = StoragePaths.Relative(leftover.Placement, InstanceHeader.IdentityOf(file.Dataset, instance), leftover.Version);
            return new PlacedObject(leftover.FacilityId, instance, relative, leftover.Path);
        }
        catch (DicomDataException)
        {
            return null;
        }
    }

    private static PlacedObject? FromMarker(Leftover leftover)
    {
        string[] lines = File.ReadAllText(leftover.Path).Split('\n');
        return lines is [{ Length: > 0 } sopInstanceUid, { Length: > 0 } relative] ? new PlacedObject(leftover.FacilityId, sopInstanceUid, relative, leftover.Path) : null;
    }
}
