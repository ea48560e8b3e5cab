using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Ingest;

/// <summary>What one object says of its patient, study, series and itself, on its way into the index. The rows carry no ids yet.</summary>
internal sealed class IndexEntry
{
    private readonly object _disk = new();
    private Func<IngestError?>? _flushName;
    private int _unflushed;
    private readonly TaskCompletionSource<Result<IndexedInstance>> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public required Guid FacilityId { get; init; }

    public required Patient Patient { get; init; }

    public required Study Study { get; init; }

    public required Series Series { get; init; }

    public required Instance Instance { get; init; }

    /// <summary>What is to become of it when it is there already.</summary>
    public required DuplicatePolicy Duplicates { get; init; }

    /// <summary>Its file, when it goes into the index with its row.</summary>
    public HeldFile? Held { get; init; }

    /// <summary>Its rows are written and flushed with everything that goes with them, and then rolled back; see <see cref="IngestOrigin.IsRehearsal"/>.</summary>
    public bool IsRehearsal { get; init; }

    /// <summary>Completes when the row is committed, or given up.</summary>
    public Task<Result<IndexedInstance>> Outcome => _outcome.Task;

    /// <summary>Why its file could not be made durable; set before <see cref="WaitForDisk"/> returns.</summary>
    public IngestError? DiskFailure { get; private set; }

    /// <summary>
    /// Its file and its name are about to be flushed while the index writes its row already. The commit waits for two ends, one of each, or
    /// for a failure.
    /// </summary>
    /// <param name="flushName">For whoever is free first, the thread that has flushed the file or the index writer that waits for it.</param>
    public void BeginFlush(Func<IngestError?> flushName) => (_flushName, _unflushed) = (flushName, 2);

    public void FlushEnded(IngestError? failure)
    {
        lock (_disk)
        {
            DiskFailure ??= failure;
            _unflushed = failure is null ? _unflushed - 1 : 0;
            if (_unflushed <= 0) Monitor.Pulse(_disk);
        }
    }

    /// <summary>Flushes its name, unless another thread has begun to.</summary>
    public void FlushName()
    {
        if (Interlocked.Exchange(ref _flushName, null) is { } flush) FlushEnded(flush());
    }

    /// <summary>Returns when its file is on disk, or has failed to get there.</summary>
    public void WaitForDisk()
    {
        lock (_disk)
        {
            while (_unflushed > 0) Monitor.Wait(_disk);
        }
    }

    public void Complete(Result<IndexedInstance> outcome) => _outcome.TrySetResult(outcome);
}
