using Noctis.Archive.Ingest;

namespace Noctis.Archive.Retention;

/// <summary>Clean-up at the moment that an image does not fit, so that its sender need not wait for the next run of the job. Thread safe.</summary>
internal sealed class RoomMaker(RetentionSweep sweep) : IMakesRoom
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Task> _running = [];

    public Task MakeRoomAsync(Guid facilityId, CancellationToken ct)
    {
        lock (_gate)
        {
            if (!_running.TryGetValue(facilityId, out Task? run)) _running[facilityId] = run = Task.Run(() => RunAsync(facilityId), CancellationToken.None);
            return run.WaitAsync(ct);
        }
    }

    private async Task RunAsync(Guid facilityId)
    {
        try
        {
            await sweep.MakeRoomAsync(facilityId, CancellationToken.None);
        }
        finally
        {
            lock (_gate) _running.Remove(facilityId);
        }
    }
}
