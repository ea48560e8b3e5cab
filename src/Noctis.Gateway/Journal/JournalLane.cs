namespace Noctis.Gateway.Journal;

/// <summary>
/// Rows that wait, up to a number of bytes. When there is no room, the oldest row of the facility that has the most gives way: a facility's
/// flood pushes out its own. Not thread safe.
/// </summary>
internal sealed class JournalLane(long capacity)
{
    /// <summary>The rows of facilities with less are safe from the one that floods.</summary>
    private const int FairShares = 8;

    private readonly Dictionary<Guid, Share> _shares = [];
    private readonly Queue<Guid> _order = new();
    private long _weight;

    public int Count { get; private set; }

    /// <returns>How many rows gave way.</returns>
    public int Add(Guid facilityId, object row, int weight)
    {
        if (!_shares.TryGetValue(facilityId, out var share))
            _shares.Add(facilityId, share = new Share());
        if (share.Rows.Count == 0)
            _order.Enqueue(facilityId);
        share.Rows.Enqueue((row, weight));
        share.Weight += weight;
        _weight += weight;
        Count++;

        var dropped = 0;
        while (_weight > capacity && Count > 1)
        {
            Remove(share.Weight > capacity / FairShares ? share : _shares.Values.MaxBy(other => other.Weight)!);
            dropped++;
        }

        return dropped;
    }

    /// <summary>Takes the next row: from each facility that has any in turn.</summary>
    public bool TryTake(out object row)
    {
        while (_order.TryDequeue(out var facilityId))
        {
            if (!_shares.TryGetValue(facilityId, out var share))
                continue;
            if (share.Rows.Count == 0)
            {
                _shares.Remove(facilityId);
                continue;
            }

            row = Remove(share);
            if (share.Rows.Count > 0)
                _order.Enqueue(facilityId);
            else
                _shares.Remove(facilityId);
            return true;
        }

        row = null!;
        return false;
    }

    private object Remove(Share share)
    {
        var (row, weight) = share.Rows.Dequeue();
        share.Weight -= weight;
        _weight -= weight;
        Count--;
        return row;
    }

    private sealed class Share
    {
        public Queue<(object Row, int Weight)> Rows { get; } = new();

        public long Weight { get; set; }
    }
}
