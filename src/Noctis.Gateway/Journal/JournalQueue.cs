using Noctis.Archive.Journal;

namespace Noctis.Gateway.Journal;

/// <summary>
/// What waits for the journal, bounded, in two lanes: what ended as it should, and what needs somebody, with the administrators' rows. However many
/// images are stored, no refusal gives way to them. Adding never waits for anything but another who adds. Thread safe.
/// </summary>
internal sealed class JournalQueue
{
    /// <summary>Bytes of memory that a lane takes at most: some 40,000 rows.</summary>
    internal const long LaneBytes = 32L * 1024 * 1024;

    private const int RowBytes = 800;

    private readonly Lock _lock = new();
    private readonly JournalLane _routine;
    private readonly JournalLane _trouble;
    private readonly Dictionary<long, DeviceSeen> _seen = [];
    private readonly List<TaskCompletionSource> _waiting = [];
    private TaskCompletionSource? _idle;
    private long _dropped;
    private bool _isEnded;

    public JournalQueue(long laneBytes = LaneBytes)
    {
        _routine = new JournalLane(laneBytes);
        _trouble = new JournalLane(laneBytes);
    }

    /// <summary>Rows that were lost since the start, in here or after.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public int Count
    {
        get
        {
            lock (_lock)
                return _routine.Count + _trouble.Count;
        }
    }

    public void Add(JournalEntry entry)
    {
        var lane = entry is { Outcome: JournalOutcome.Completed, Code: JournalCode.None } ? _routine : _trouble;
        Add(lane, entry.FacilityId, entry, WeightOf(entry.Reason, entry.Details));
    }

    // Those of no facility share the lane as one more.
    public void Add(FrontDoorEntry entry) => Add(_trouble, Guid.Empty, entry, WeightOf(entry.Reason, entry.Details));

    public void Add(DeviceSeen seen)
    {
        lock (_lock)
        {
            if (_isEnded)
                return;
            _seen[seen.DeviceId] = seen;
            Wake();
        }
    }

    public void Lost(int rows) => Interlocked.Add(ref _dropped, rows);

    /// <summary>Completed once everything that was added before is written or given up.</summary>
    /// <returns>Null when no more is taken.</returns>
    public Task? AddMarker()
    {
        lock (_lock)
        {
            if (_isEnded)
                return null;
            var marker = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add(marker);
            Wake();
            return marker.Task;
        }
    }

    /// <summary>No more is taken; what waits is still handed out.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isEnded = true;
            Wake();
        }
    }

    /// <summary>Completed as soon as there is something to take, or nothing will come any more.</summary>
    public Task WhenAny()
    {
        lock (_lock)
        {
            if (_isEnded || _routine.Count + _trouble.Count + _seen.Count + _waiting.Count > 0)
                return Task.CompletedTask;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    /// <summary>Takes the next rows, troubles first.</summary>
    /// <param name="most">At most so many.</param>
    /// <param name="reached">Whoever waits for what is handed out now, and nothing after it.</param>
    /// <returns>Null when there is nothing.</returns>
    public JournalBatch? Take(int most, out IReadOnlyList<TaskCompletionSource> reached)
    {
        lock (_lock)
        {
            List<JournalEntry> entries = [];
            List<FrontDoorEntry> frontDoor = [];
            while (entries.Count + frontDoor.Count < most && (_trouble.TryTake(out var row) || _routine.TryTake(out row)))
            {
                if (row is JournalEntry entry)
                    entries.Add(entry);
                else
                    frontDoor.Add((FrontDoorEntry)row);
            }

            IReadOnlyList<DeviceSeen> seen = [.. _seen.Values];
            _seen.Clear();
            reached = [];
            if (_routine.Count + _trouble.Count == 0)
            {
                reached = [.. _waiting];
                _waiting.Clear();
            }

            return entries.Count + frontDoor.Count + seen.Count == 0 ? null : new JournalBatch(entries, frontDoor, seen);
        }
    }

    private void Add(JournalLane lane, Guid facilityId, object row, int weight)
    {
        int dropped;
        lock (_lock)
        {
            dropped = _isEnded ? 1 : lane.Add(facilityId, row, weight);
            Wake();
        }

        if (dropped > 0)
            Lost(dropped);
    }

    private void Wake()
    {
        _idle?.TrySetResult();
        _idle = null;
    }

    private static int WeightOf(string? reason, string? details) => RowBytes + (2 * ((reason?.Length ?? 0) + (details?.Length ?? 0)));
}
