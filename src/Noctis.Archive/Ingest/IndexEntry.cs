using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Ingest;

/// <summary>What one object says of its patient, study, series and itself, on its way into the index. The rows carry no ids yet.</summary>
internal sealed class IndexEntry
{
    private readonly TaskCompletionSource<Result<IndexedInstance>> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public required Guid FacilityId { get; init; }

    public required Patient Patient { get; init; }

    public required Study Study { get; init; }

    public required Series Series { get; init; }

    public required Instance Instance { get; init; }

    /// <summary>What is to become of it when it is there already.</summary>
    public required DuplicatePolicy Duplicates { get; init; }

    /// <summary>Completes when the row is committed, or given up.</summary>
    public Task<Result<IndexedInstance>> Outcome => _outcome.Task;

    public void Complete(Result<IndexedInstance> outcome) => _outcome.TrySetResult(outcome);
}
