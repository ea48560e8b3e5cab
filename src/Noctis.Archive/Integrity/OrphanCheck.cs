using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Integrity;

/// <summary>
/// Looks for what should not be: files that no row names, and rows whose file is not there. After a crash neither comes about;
/// after a restored back-up, or a hand on the disk, both do. One at a time.
/// </summary>
public sealed class OrphanCheck
{
    public const string Job = "orphans";

    /// <summary>Files that are asked for together.</summary>
    private const int PageSize = 200;

    private readonly ICrossTenantDbContextFactory _contexts;
    private readonly StoragePresence _presence;
    private readonly FacilityFolder _folder;
    private readonly FilesWithoutRows _files;
    private readonly OrphanSettlement _settlement;
    private readonly RowsWithoutFiles _rows;

    internal OrphanCheck(
        ICrossTenantDbContextFactory contexts, StoragePresence presence, FacilityFolder folder, FilesWithoutRows files, OrphanSettlement settlement, RowsWithoutFiles rows) =>
        (_contexts, _presence, _folder, _files, _settlement, _rows) = (contexts, presence, folder, files, settlement, rows);

    /// <returns>What was found; <see cref="StorageGoneError"/> when the disk does not seem to be there.</returns>
    public async Task<Result<OrphanReport>> RunAsync(CancellationToken ct)
    {
        var report = new OrphanReport();
        IReadOnlyList<(Guid Id, FacilityState State, bool HasImages)> facilities = await ListFacilitiesAsync(ct);
        foreach ((Guid id, FacilityState state, bool hasImages) in facilities)
        {
            // What is being deleted loses its rows before its files.
            if (state == FacilityState.Deleting) continue;
            if (_presence.IsReadable(id)) await CheckFilesAsync(id, report, ct);
            else if (hasImages) return await _presence.GoneAsync(id, ct);
        }

        report.Strangers = _folder.Strangers(facilities.Select(facility => facility.Id).ToHashSet());
        Result<RowsReport> rows = await _rows.RunAsync(ct);
        if (!rows.IsSuccess) return rows.Error;
        report.Rows = rows.Value;
        return report;
    }

    private async Task CheckFilesAsync(Guid facilityId, OrphanReport report, CancellationToken ct)
    {
        foreach (FoundFile[] page in _folder.Walk(facilityId).Chunk(PageSize))
        {
            ct.ThrowIfCancellationRequested();
            report.Files += page.Length;
            foreach (FoundFile orphan in await _files.FindAsync(facilityId, page, ct)) Count(await _settlement.SettleAsync(orphan, ct), report);
        }
    }

    private async Task<IReadOnlyList<(Guid Id, FacilityState State, bool HasImages)>> ListFacilitiesAsync(CancellationToken ct)
    {
        await using NoctisDbContext context = _contexts.CreateAcrossFacilities();
        var rows = await context.Facilities.OrderBy(facility => facility.Id)
            .Select(facility => new
            {
                facility.Id,
                facility.State,
                HasImages = context.Set<FacilityUsage>().Any(usage => usage.FacilityId == facility.Id && (usage.Instances > 0 || usage.TrashStudies > 0)),
            }).ToListAsync(ct);
        return [.. rows.Select(row => (row.Id, row.State, row.HasImages))];
    }

    private static void Count(OrphanOutcome outcome, OrphanReport report)
    {
        switch (outcome)
        {
            case OrphanOutcome.Indexed:
                report.Indexed++;
                break;
            case OrphanOutcome.Repaired:
                report.Repaired++;
                break;
            case OrphanOutcome.Kept:
                report.Kept++;
                break;
            case OrphanOutcome.Removed:
                report.Removed++;
                break;
            case OrphanOutcome.Lost:
                report.Lost++;
                break;
            default:
                report.Left++;
                break;
        }
    }
}
