using Noctis.Archive.Facilities;
using Noctis.Archive.Studies;

namespace Noctis.Portal.Home;

/// <summary>Everything that the overview shows but listeners, the chart and what needs attention, as it is at one moment.</summary>
/// <param name="Facilities">All, by name.</param>
/// <param name="Totals">What each has received.</param>
/// <param name="Counts">The same for all together.</param>
/// <param name="Disk">The disk that images are kept on; null where the system does not say.</param>
public sealed record OverviewFigures(IReadOnlyList<Facility> Facilities, IReadOnlyDictionary<Guid, FacilityTotals> Totals, StudyCounts Counts, DiskSpace? Disk)
{
    /// <summary>At one of them at least, old studies make room for new ones.</summary>
    public bool SomeCleanUp { get; init; }
}
