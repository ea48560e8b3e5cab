using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Quarantine;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Dicom.Data;

namespace Noctis.Archive.Integrity;

/// <summary>
/// Finds the files that no row names. There is no index on paths, which would cost every image its share: rows are found by the
/// SOP Instance UID that the file's name begins with or, where it does not, that its meta group names. What is left is asked for
/// by path once more, a page at a time, before anybody calls it an orphan: a file whose header is damaged has a row all the same.
/// </summary>
internal sealed class FilesWithoutRows(ICrossTenantDbContextFactory contexts, FileVerifier verifier)
{
    /// <param name="facilityId">Whose files they are.</param>
    /// <param name="files">A page of them: few enough for the parameters of one statement on every database.</param>
    /// <param name="ct">Cancels the search.</param>
    public async Task<IReadOnlyList<FoundFile>> FindAsync(Guid facilityId, IReadOnlyCollection<FoundFile> files, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateAcrossFacilities();
        var left = files.ToDictionary(file => file.StoragePath);
        await StrikeOutAsync(context, facilityId, left, [.. files.Select(file => file.Name).Distinct()], ct);
        if (left.Count == 0) return [];
        await StrikeOutAsync(context, facilityId, left, await ReadUidsAsync(left.Values, ct), ct);
        if (left.Count == 0) return [];
        string[] paths = [.. left.Keys];
        StrikeOut(left, await context.Set<QuarantinedInstance>().Where(row => row.FacilityId == facilityId && paths.Contains(row.StoragePath)).Select(row => row.StoragePath).ToListAsync(ct));
        StrikeOut(left, await context.Set<FileRemoval>().Where(row => row.FacilityId == facilityId && paths.Contains(row.StoragePath)).Select(row => row.StoragePath).ToListAsync(ct));
        StrikeOut(left, await context.Set<InstanceVersion>().Where(row => row.FacilityId == facilityId && row.StoragePath != null && paths.Contains(row.StoragePath))
            .Select(row => row.StoragePath!).ToListAsync(ct));
        StrikeOut(left, await context.Set<Instance>().Where(row => row.FacilityId == facilityId && paths.Contains(row.StoragePath)).Select(row => row.StoragePath).ToListAsync(ct));
        return [.. left.Values];
    }

    /// <summary>Strikes out the files of the objects with these UIDs, and of their kept versions.</summary>
    private static async Task StrikeOutAsync(NoctisDbContext context, Guid facilityId, Dictionary<string, FoundFile> left, string[] uids, CancellationToken ct)
    {
        if (uids.Length == 0) return;
        var rows = await context.Set<Instance>().Where(row => row.FacilityId == facilityId && uids.Contains(row.SOPInstanceUID))
            .Select(row => new { row.Id, row.StoragePath }).ToListAsync(ct);
        StrikeOut(left, rows.Select(row => row.StoragePath));
        if (left.Count == 0 || rows.Count == 0) return;
        long[] ids = [.. rows.Select(row => row.Id)];
        StrikeOut(left, await context.Set<InstanceVersion>().Where(row => row.FacilityId == facilityId && ids.Contains(row.InstanceId) && row.StoragePath != null)
            .Select(row => row.StoragePath!).ToListAsync(ct));
    }

    private static void StrikeOut(Dictionary<string, FoundFile> left, IEnumerable<string> named)
    {
        foreach (string path in named) left.Remove(path);
    }

    /// <summary>What the files themselves say they are, where their names say otherwise.</summary>
    private async Task<string[]> ReadUidsAsync(IReadOnlyCollection<FoundFile> files, CancellationToken ct)
    {
        var uids = new HashSet<string>();
        foreach (FoundFile file in files)
        {
            try
            {
                if ((await verifier.ReadMetaAsync(file, ct))?.GetString(DicomTag.MediaStorageSOPInstanceUID) is { Length: > 0 } uid && uid != file.Name) uids.Add(uid);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Gone meanwhile, or unreadable: its path is asked for.
            }
        }

        return [.. uids];
    }
}
