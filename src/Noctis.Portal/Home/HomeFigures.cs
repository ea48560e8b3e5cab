using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Quarantine;
using Noctis.Archive.SelfTests;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Archive.Traffic;
using Noctis.Portal.Attention;
using Noctis.Portal.Facilities;

namespace Noctis.Portal.Home;

/// <summary>Everything that Home shows of a facility but the chart, as it is at one moment.</summary>
public sealed record HomeFigures(
    StudyCounts Counts, IReadOnlyList<StudyRow> Latest, int RefusedToday, IReadOnlyList<RefusedCaller> Refused, IReadOnlyList<JournalEntry> Journal, IReadOnlyList<Device> Devices, int Faults,
    FacilityConcerns Concerns)
{
    public QuotaStanding? Quota => Concerns.Quota;

    /// <summary>What devices did, day by day: the habits by which their silence is noticed.</summary>
    public IReadOnlyList<DeviceDay> DeviceDays { get; init; } = [];

    /// <summary>What waits in quarantine, for who may decide about it.</summary>
    public QuarantineTotals Quarantine { get; init; }

    /// <summary>The last of each kind, by each node.</summary>
    public IReadOnlyList<SelfTest> SelfTests { get; init; } = [];
}
