using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Portal.Home;

/// <summary>Everything that the overview shows but listeners and the chart, as it is at one moment.</summary>
/// <param name="Facilities">All, by name.</param>
/// <param name="Totals">What each has received.</param>
/// <param name="Counts">The same for all together.</param>
/// <param name="Strays">The newest calls that are no facility's to read.</param>
/// <param name="Disk">The disk that images are kept on; null where the system does not say.</param>
/// <param name="Faults">Faulty files of facilities that have any.</param>
/// <param name="Quotas">Of the facilities that have one.</param>
public sealed record OverviewFigures(
    IReadOnlyList<Facility> Facilities,
    IReadOnlyDictionary<Guid, FacilityTotals> Totals,
    StudyCounts Counts,
    IReadOnlyList<FrontDoorEntry> Strays,
    DiskSpace? Disk,
    IReadOnlyDictionary<Guid, int> Faults,
    IReadOnlyList<QuotaStanding> Quotas);
