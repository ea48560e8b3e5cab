using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Ingest;

/// <summary>What one object says of its patient, study, series and itself, on its way into the index. The rows carry no ids yet.</summary>
internal sealed class IndexEntry
{
    private readonly object _disk = new();
    private readonly TaskCompletionSource<Result<IndexedInstance>> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public required Guid FacilityId { get; init; }

    public required Patient Patient { get; init; }

    public required Study Study { get; init; }

    public required Series Series { get; init; }

    public required Instance Instance { get; init; }

    /// <summary>What is to become of it when it is there already.</summary>
    public required DuplicatePolicy Duplicates { get; init; }

    /// <summary>Its rows are written and flushed with everything that goes with them, and then rolled back; see <see cref="IngestOrigin.IsRehearsal"/>.</summary>
    public bool IsRehearsal { get; init; }

    /// <summary>Completes when the row is committed, or given up.</summary>
    public Task<Result<IndexedInstance>> Outcome => _outcome.Task;

    /// <summary>Why its file could not be made durable; set before <see cref="WaitForDisk"/> returns.</summary>
    public IngestError? DiskFailure { get; private set; }

    /// <summary>Whether its file is being flushed while the index writes its row already. The commit waits for <see cref="FlushEnded"/>.</summary>
    public bool IsBeingFlushed { get; set; }

    public void FlushEnded(IngestError? failure)
    {
        lock (_disk)
        {
            (IsBeingFlushed, DiskFailure) = (false, failure);
            Monitor.Pulse(_disk);
        }
    }

    /// <summary>Returns when its file is on disk, or has failed to get there.</summary>
    public void WaitForDisk()
    {
        lock (_disk)
        {
            while (IsBeingFlushed) Monitor.Wait(_disk);
        }
    }

    public void Complete(Result<IndexedInstance> outcome) => _outcome.TrySetResult(outcome);
}
