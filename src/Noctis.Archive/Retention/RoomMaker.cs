using Noctis.Archive.Ingest;

namespace Noctis.Archive.Retention;

/// <summary>Clean-up at the moment that an image does not fit, so that its sender need not wait for the next run of the job. Thread safe.</summary>
internal sealed class RoomMaker(RetentionSweep sweep) : IMakesRoom
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, (long Bytes, Task<bool> Task)> _running = [];

    public async Task<bool> MakeRoomAsync(Guid facilityId, long bytes, CancellationToken ct)
    {
        while (true)
        {
            (long Bytes, Task<bool> Task) run;
            lock (_gate)
            {
                if (!_running.TryGetValue(facilityId, out run))
                    _running[facilityId] = run = (bytes, Task.Run(() => RunAsync(facilityId, bytes), CancellationToken.None));
            }

            bool isMade = await run.Task.WaitAsync(ct);
            // One that made room for less is waited for all the same: two at once would take twice as much.
            if (run.Bytes >= bytes) return isMade;
        }
    }

    private async Task<bool> RunAsync(Guid facilityId, long bytes)
    {
        try
        {
            return await sweep.MakeRoomAsync(facilityId, bytes, CancellationToken.None);
        }
        finally
        {
            lock (_gate) _running.Remove(facilityId);
        }
    }
}
