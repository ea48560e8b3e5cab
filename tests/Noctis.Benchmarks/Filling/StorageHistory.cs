using Noctis.Archive.Storage;

namespace Noctis.Benchmarks.Filling;

/// <summary>What each facility had at the end of each day, as the statistics job would have written it.</summary>
internal sealed class StorageHistory
{
    private readonly SortedDictionary<DateOnly, Dictionary<(Guid Facility, string Modality), (int Studies, int Instances, long Bytes)>> _arrivals = [];

    public void Add(Guid facilityId, string modality, DateOnly day, int instances, long bytesEach)
    {
        if (!_arrivals.TryGetValue(day, out var arrivals))
            _arrivals[day] = arrivals = [];
        var before = arrivals.GetValueOrDefault((facilityId, modality));
        arrivals[(facilityId, modality)] = (before.Studies + 1, before.Instances + instances, before.Bytes + (instances * bytesEach));
    }

    /// <summary>A row for each facility, day and modality from its first arrival on.</summary>
    public IEnumerable<StorageDay> Rows()
    {
        var totals = new Dictionary<(Guid Facility, string Modality), (long Studies, long Instances, long Bytes)>();
        for (var day = _arrivals.Keys.First(); day <= _arrivals.Keys.Last(); day = day.AddDays(1))
        {
            foreach (var (key, more) in _arrivals.GetValueOrDefault(day) ?? [])
            {
                var before = totals.GetValueOrDefault(key);
                totals[key] = (before.Studies + more.Studies, before.Instances + more.Instances, before.Bytes + more.Bytes);
            }

            foreach (var (key, total) in totals)
            {
                yield return new StorageDay
                {
                    FacilityId = key.Facility,
                    Day = day,
                    Modality = key.Modality,
                    Studies = total.Studies,
                    Instances = total.Instances,
                    Bytes = total.Bytes,
                };
            }
        }
    }
}
