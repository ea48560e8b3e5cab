using Noctis.Archive.Studies;

namespace Noctis.Archive.Ingest;

/// <summary>
/// The rows that the writer saw last, so that the thousandth image of a series asks the database for nothing. What it holds may
/// be out of date; every write that leans on it has to find its row, or the batch starts again with an empty cache. The counts
/// in these rows are not those of the database: they gather what the running batch adds. Not thread safe: the writer's own.
/// </summary>
internal sealed class IndexCache
{
    private const int MostRows = 20_000;
    private readonly Dictionary<(Guid FacilityId, string Key), Patient> _patients = [];
    private readonly Dictionary<(Guid FacilityId, string Uid), CachedStudy> _studies = [];
    private readonly HashSet<Guid> _usage = [];
    private readonly HashSet<(Guid FacilityId, DateTime Hour)> _hours = [];
    private int _rows;

    public Dictionary<(Guid FacilityId, string Key), Patient> Patients => _patients;

    public Dictionary<(Guid FacilityId, string Uid), CachedStudy> Studies => _studies;

    /// <summary>Facilities whose <see cref="FacilityUsage"/> row exists.</summary>
    public HashSet<Guid> Usage => _usage;

    /// <summary>Hours whose <see cref="ArrivalHour"/> row exists.</summary>
    public HashSet<(Guid FacilityId, DateTime Hour)> Hours => _hours;

    /// <summary>To be called for every row that is put in.</summary>
    public void Count() => _rows++;

    /// <summary>Between batches: starts anew when it has grown large. A rare batch that reads its rows again costs less than keeping order of use.</summary>
    public void Trim()
    {
        if (_rows + _hours.Count > MostRows) Clear();
    }

    public void Clear()
    {
        _patients.Clear();
        _studies.Clear();
        _usage.Clear();
        _hours.Clear();
        _rows = 0;
    }
}
