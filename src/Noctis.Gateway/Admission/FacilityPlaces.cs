namespace Noctis.Gateway.Admission;

/// <summary>
/// How many associations each facility has, whichever door they came in by: as many as its settings say, so that one that floods the
/// shared door leaves it open to the others, and a second door gives nobody twice as much.
/// </summary>
internal sealed class FacilityPlaces
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, int> _taken = [];

    /// <summary>Takes a place, to be disposed of when it is free again; null when the facility has as many as it may.</summary>
    public IDisposable? TryTake(Guid facilityId, int limit)
    {
        lock (_lock)
        {
            var taken = _taken.GetValueOrDefault(facilityId);
            if (taken >= limit)
                return null;
            _taken[facilityId] = taken + 1;
            return new Place(this, facilityId);
        }
    }

    private void Free(Guid facilityId)
    {
        lock (_lock)
        {
            if (--_taken[facilityId] == 0)
                _taken.Remove(facilityId);
        }
    }

    private sealed class Place(FacilityPlaces places, Guid facilityId) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
                places.Free(facilityId);
        }
    }
}
