using Noctis.Archive.Facilities;

namespace Noctis.Archive.Storage;

/// <summary>Removes a deleted facility's folder, with all that is in it.</summary>
internal sealed class FacilityFilesRemover(ObjectStore store) : IFacilityDataRemover
{
    public Task RemoveAsync(FacilityScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        // Unlinking a million files blocks for a while: not on a thread that others wait for.
        return Task.Factory.StartNew(
            () => store.RemoveFacility(scope.FacilityId, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }
}
