using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Ingest;

/// <summary>
/// Whether an object may come in: the facility's quota leaves room, the disk is above its floor, and the database answers. Where the
/// facility's clean-up may make room, that is tried before anything is refused. Thread safe.
/// </summary>
internal sealed class IngestGate(StorageTerms terms, DiskFloor floor, IMakesRoom? roomMaker, TimeProvider time, ILogger<IngestGate> logger)
{
    /// <summary>Clean-up that found nothing to clean a moment ago will find nothing now.</summary>
    private static readonly TimeSpan BetweenCleanUps = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, long> _cleanedAt = new();

    /// <summary>Asked again now and then while a large object comes.</summary>
    public IngestError? FloorError => floor.Room == 0 ? IngestError.FloorReached() : null;

    /// <summary>Before the first byte of an object: how its path is made, if it may come.</summary>
    public async ValueTask<Result<Placement>> OpenAsync(Guid facilityId, CancellationToken ct)
    {
        try
        {
            FacilityTerms held = await terms.GetAsync(facilityId);
            if (!held.HasRoom || floor.Room == 0) held = await MakeRoomAsync(facilityId, held, ct);
            if (!held.HasRoom) return IngestError.QuotaReached();
            return FloorError is { } error ? error : await held.NextPlacementAsync();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Unreadable(facilityId, e);
        }
    }

    /// <summary>After its last byte, when its length is known: takes room for it.</summary>
    /// <returns>The terms that the room was taken from, to be given back there if the object is not kept.</returns>
    public async ValueTask<Result<FacilityTerms>> TakeAsync(Guid facilityId, long bytes, CancellationToken ct)
    {
        try
        {
            FacilityTerms held = await terms.GetAsync(facilityId);
            if (held.TryTake(bytes)) return held;
            held = await MakeRoomAsync(facilityId, held, ct);
            return held.TryTake(bytes) ? held : IngestError.QuotaReached();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Unreadable(facilityId, e);
        }
    }

    private async ValueTask<FacilityTerms> MakeRoomAsync(Guid facilityId, FacilityTerms held, CancellationToken ct)
    {
        if (roomMaker is null || !held.MakesRoom) return held;
        if (_cleanedAt.TryGetValue(facilityId, out long last) && time.GetElapsedTime(last) < BetweenCleanUps) return held;
        _cleanedAt[facilityId] = time.GetTimestamp();
        await roomMaker.MakeRoomAsync(facilityId, ct);
        return await terms.ReadAgainAsync(facilityId);
    }

    /// <summary>A database that cannot say this cannot take a row either: the sender hears it before it sends a gigabyte.</summary>
    private IngestError Unreadable(Guid facilityId, Exception e)
    {
        Log.TermsUnreadable(logger, e, facilityId);
        return IngestError.IndexFailed();
    }
}
