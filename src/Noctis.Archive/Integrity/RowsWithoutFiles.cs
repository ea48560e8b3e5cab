using System.Globalization;
using Microsoft.Extensions.Logging;
using Noctis.Archive.Jobs;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Integrity;

/// <summary>
/// Goes round all rows and asks the disk whether their files are there; reads none of them. A run that was cut off is taken up by
/// the next one, which then goes on past the beginning until it is round.
/// </summary>
internal sealed class RowsWithoutFiles(IntegrityParts parts, JobCursors cursors, ILogger<RowsWithoutFiles> logger)
{
    private const string Job = OrphanCheck.Job;
    private const int PageSize = 1000;

    /// <summary>What was found, or that the disk does not seem to be there.</summary>
    public async Task<Result<RowsReport>> RunAsync(CancellationToken ct)
    {
        long start = long.TryParse(await cursors.ReadAsync(Job, ct), CultureInfo.InvariantCulture, out long saved) ? saved : 0;
        var report = new RowsReport(0, 0, 0);
        (long From, long To)[] ways = start == 0 ? [(0, long.MaxValue)] : [(start, long.MaxValue), (0, start)];
        foreach ((long from, long to) in ways)
        {
            for (long? after = from; after < to;)
            {
                StoredFilePage page = await parts.Files.NextInstancesAsync(after.Value, PageSize, ct);
                Result<RowsReport> looked = await LookAsync(page, ct);
                if (!looked.IsSuccess) return looked;
                report = report.Add(looked.Value);
                after = page.Last;
                await cursors.SaveAsync(Job, (after ?? 0).ToString(CultureInfo.InvariantCulture), ct);
            }
        }

        await cursors.SaveAsync(Job, "0", ct);
        foreach (Func<long, int, CancellationToken, Task<StoredFilePage>> next in (Func<long, int, CancellationToken, Task<StoredFilePage>>[])[parts.Files.NextVersionsAsync, parts.Files.NextInQuarantineAsync])
        {
            for (long? after = 0; after is not null;)
            {
                StoredFilePage page = await next(after.Value, PageSize, ct);
                Result<RowsReport> looked = await LookAsync(page, ct);
                if (!looked.IsSuccess) return looked;
                report = report.Add(looked.Value);
                after = page.Last;
            }
        }

        return report;
    }

    private async Task<Result<RowsReport>> LookAsync(StoredFilePage page, CancellationToken ct)
    {
        var missing = new List<StoredFile>();
        foreach (StoredFile file in page.Files)
        {
            if (await IsMissingAsync(file, ct) is { } gone) missing.Add(gone);
        }

        if (await parts.Presence.DoubtAsync(missing, page.Files.Count, ct) is { } error) return error;
        foreach (StoredFile file in missing)
        {
            if (await parts.Faults.ReportAsync(file, FaultKind.Missing, ct)) Log.FaultFound(logger, file.FacilityId, file.InstanceId, FileVerdict.Missing.Why);
        }

        return new RowsReport(page.Files.Count, missing.Count, await ClearAsync(page, missing, ct));
    }

    /// <summary>Files that were missing and are there again.</summary>
    private async Task<int> ClearAsync(StoredFilePage page, List<StoredFile> missing, CancellationToken ct)
    {
        IReadOnlyDictionary<long, InstanceFault> known = await parts.Faults.KnownAsync(page.Files, ct);
        if (known.Count == 0) return 0;
        int found = 0;
        HashSet<string> gone = [.. missing.Select(file => file.StoragePath)];
        foreach (StoredFile file in page.Files)
        {
            // Whether a damaged file is whole again cannot be seen from here.
            if (!gone.Contains(file.StoragePath) && known.TryGetValue(file.InstanceId, out InstanceFault? fault) && fault.Kind == FaultKind.Missing
                && await parts.Faults.ClearAsync(file, fault, ct)) found++;
        }

        return found;
    }

    /// <returns>The row whose file is missing; null when it is there, or the row has gone on.</returns>
    private async Task<StoredFile?> IsMissingAsync(StoredFile file, CancellationToken ct)
    {
        if (parts.Presence.Exists(file)) return null;
        // A newer copy may have been committed, or the trash emptied, since the row was read.
        return await parts.Files.LookAgainAsync(file, ct) is { } now && !parts.Presence.Exists(now) ? now : null;
    }
}
