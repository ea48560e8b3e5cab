namespace Noctis.Archive.Ingest;

/// <summary>
/// What waits for the index writer. Its thread sleeps at once when nothing does: spinning for work would take the processor from those
/// who bring it. Thread safe.
/// </summary>
internal sealed class IndexQueue
{
    /// <summary>Larger transactions gain little, and make the first in line wait for the last.</summary>
    private const int LargestBatch = 256;

    private readonly Queue<IndexEntry> _entries = new();
    private readonly HashSet<(Guid FacilityId, string SopInstanceUid)> _objects = [];
    private bool _isEnding;

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (_entries) return _entries.Count;
        }
    }

    /// <returns>False when the writer ends.</returns>
    public bool TryAdd(IndexEntry entry)
    {
        lock (_entries)
        {
            if (_isEnding) return false;
            _entries.Enqueue(entry);
            if (_entries.Count == 1) Monitor.Pulse(_entries);
            return true;
        }
    }

    /// <summary>No more is taken; what waits is still handed out.</summary>
    public void End()
    {
        lock (_entries)
        {
            _isEnding = true;
            Monitor.Pulse(_entries);
        }
    }

    /// <summary>Waits for work, and takes what there is, but no object twice: a second copy is judged by what the first left in the database.</summary>
    /// <returns>False when there is none and there will be none.</returns>
    public bool Take(List<IndexEntry> batch)
    {
        batch.Clear();
        _objects.Clear();
        lock (_entries)
        {
            while (_entries.Count == 0)
            {
                if (_isEnding) return false;
                Monitor.Wait(_entries);
            }

            while (batch.Count < LargestBatch && _entries.TryPeek(out IndexEntry? next) && MayJoin(batch, next) && _objects.Add((next.FacilityId, next.Instance.SOPInstanceUID)))
                batch.Add(_entries.Dequeue());
            return true;
        }
    }

    /// <summary>A rehearsal is rolled back, and nothing of others with it: it goes alone.</summary>
    private static bool MayJoin(List<IndexEntry> batch, IndexEntry next) => batch.Count == 0 || !(next.IsRehearsal || batch[0].IsRehearsal);
}
