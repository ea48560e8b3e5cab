namespace Noctis.Archive.Ingest;

/// <summary>
/// What a facility has used of its quota, objects on their way included: the index counts them only when they are committed, and many
/// come at once. Never less than is used; for a moment it may be more, since what is committed while the index is read counts twice
/// until it is read again. Thread safe.
/// </summary>
internal sealed class FacilityRoom
{
    private readonly Lock _gate = new();
    private long _used;
    private long _taken;
    private long _released;

    public long Used
    {
        get
        {
            lock (_gate) return _used;
        }
    }

    /// <summary>Bytes of objects that have taken room and are not settled yet.</summary>
    public long OnTheWay
    {
        get
        {
            lock (_gate) return _taken - _released;
        }
    }

    /// <summary>All that was ever settled. To be asked before the index is read.</summary>
    public long Released
    {
        get
        {
            lock (_gate) return _released;
        }
    }

    /// <summary>What the index has said, and what was <see cref="Released"/> before it was asked.</summary>
    public void Read(long usedBytes, long releasedBefore)
    {
        lock (_gate) _used = usedBytes + _taken - releasedBefore;
    }

    /// <summary>Takes room for an object, to be released whatever becomes of it; false when the quota leaves less.</summary>
    public bool TryTake(long bytes, long? quota)
    {
        lock (_gate)
        {
            if (_used + bytes > quota) return false;
            _used += bytes;
            _taken += bytes;
            return true;
        }
    }

    /// <summary>The object is in the index, or it was not kept.</summary>
    public void Release(long bytes, bool isKept)
    {
        lock (_gate)
        {
            _released += bytes;
            if (!isKept) _used -= bytes;
        }
    }
}
