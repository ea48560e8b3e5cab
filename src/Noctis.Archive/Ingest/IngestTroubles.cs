using Microsoft.Extensions.Logging;

namespace Noctis.Archive.Ingest;

/// <summary>
/// Tells the log that a facility's objects cannot be taken for a fault of the server's: once when it begins, now and then how many it has
/// been while it goes on, and once when it is over. A scanner that tries again all night fills no log. Thread safe.
/// </summary>
internal sealed class IngestTroubles(TimeProvider time, ILogger<IngestTroubles> logger)
{
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(10);

    /// <summary>On a disk that is nearly full a small object still fits where a larger one does not: it is over when none was refused for so long.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Trouble> _troubles = [];

    /// <summary>Asked for every object that is stored, so without the lock: it may lag by one.</summary>
    private volatile bool _any;

    /// <summary>An object was refused.</summary>
    /// <returns>What its sender is told, as it was given.</returns>
    public IngestError Refused(Guid facilityId, IngestError error, Exception cause)
    {
        lock (_gate)
        {
            _any = true;
            if (_troubles.TryGetValue(facilityId, out Trouble? trouble) && trouble.Reason == error.Message)
            {
                trouble.Count++;
                trouble.LastAt = time.GetTimestamp();
                if (time.GetElapsedTime(trouble.SaidAt) < Reminder) return error;
                trouble.SaidAt = trouble.LastAt;
                Log.StillRefused(logger, facilityId, trouble.Count, trouble.SinceUtc, error.Message);
                return error;
            }

            long now = time.GetTimestamp();
            _troubles[facilityId] = new Trouble(error.Message, time.GetUtcNow().UtcDateTime) { Count = 1, SaidAt = now, LastAt = now };
        }

        // A stack says nothing of a disk that is full.
        Log.Refused(logger, IngestError.IsDiskState(cause) ? null : cause, facilityId, error.Message, cause.Message);
        return error;
    }

    /// <summary>An object was stored.</summary>
    public void Stored(Guid facilityId)
    {
        if (!_any) return;
        Trouble? over;
        lock (_gate)
        {
            if (!_troubles.TryGetValue(facilityId, out over) || time.GetElapsedTime(over.LastAt) < Quiet) return;
            _troubles.Remove(facilityId);
            _any = _troubles.Count > 0;
        }

        Log.StoredAgain(logger, facilityId, over.Count, over.SinceUtc);
    }

    private sealed class Trouble(string reason, DateTime sinceUtc)
    {
        public string Reason { get; } = reason;

        public DateTime SinceUtc { get; } = sinceUtc;

        public long Count { get; set; }

        public long SaidAt { get; set; }

        public long LastAt { get; set; }
    }
}
