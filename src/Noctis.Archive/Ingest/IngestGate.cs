using System.Collections.Concurrent;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Ingest;

/// <summary>
/// Whether an object may come in: the facility's quota leaves room, the disk is above its floor, and the database answers. Where the
/// facility's clean-up may make room, that is tried before anything is refused. Thread safe.
/// </summary>
internal sealed class IngestGate(StorageTerms terms, DiskFloor floor, IMakesRoom? roomMaker, TimeProvider time, IngestTroubles troubles)
{
    /// <summary>Clean-up that could not make room a moment ago cannot make more now.</summary>
    private static readonly TimeSpan AfterVain = TimeSpan.FromSeconds(5);

    /// <summary>How often room is made for an object that others then take.</summary>
    private const int Rounds = 4;

    private readonly ConcurrentDictionary<Guid, (long At, long Bytes)> _vain = new();

    /// <summary>How many bytes come between two looks at the floor of free space.</summary>
    private const long BetweenLooks = 64 * 1024 * 1024;

    private IngestError? FloorError => floor.Room == 0 ? IngestError.FloorReached() : null;

    /// <summary>Before the first byte of an object: how its path is made, if it may come.</summary>
    /// <param name="facilityId">Whose it is.</param>
    /// <param name="mayMakeRoom">Whether older studies may go for it.</param>
    /// <param name="ct">Cancels the making of room.</param>
    public async ValueTask<Result<Placement>> OpenAsync(Guid facilityId, bool mayMakeRoom, CancellationToken ct)
    {
        try
        {
            FacilityTerms held = await terms.GetAsync(facilityId);
            if (mayMakeRoom && (!held.HasRoom || floor.Room == 0) && MayMakeRoom(facilityId, held, 1))
            {
                await MakeRoomAsync(facilityId, held, 1, ct);
                held = await terms.ReadAgainAsync(facilityId);
            }

            if (!held.HasRoom) return IngestError.QuotaReached();
            return FloorError is { } error ? error : await held.NextPlacementAsync();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Unreadable(facilityId, e);
        }
    }

    /// <summary>While a large object comes: whether there is any sense in receiving more of it.</summary>
    /// <param name="facilityId">Whose.</param>
    /// <param name="bytes">How much of it has come.</param>
    /// <returns>The length at which to ask again.</returns>
    public async ValueTask<Result<long>> GoOnAsync(Guid facilityId, long bytes)
    {
        if (FloorError is { } error) return error;
        try
        {
            FacilityTerms held = await terms.GetAsync(facilityId);
            if (!held.CouldHold(bytes)) return IngestError.LargerThanQuota();
            if (bytes > held.Reach) return IngestError.QuotaReached();
            return Math.Min(bytes + BetweenLooks, held.Reach);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // It may be back before the last byte: what becomes of the object is said then, by the database that takes its row or does not.
            return bytes + BetweenLooks;
        }
    }

    /// <summary>
    /// After the last byte of an object that was given up: one for which no room that anybody makes would do says so, or its sender makes
    /// room and sends it again for nothing.
    /// </summary>
    public async ValueTask<IngestError> NowThatAllCameAsync(IngestError refused, Guid facilityId, long bytes)
    {
        if (refused != IngestError.QuotaReached()) return refused;
        try
        {
            return (await terms.GetAsync(facilityId)).CouldHold(bytes) ? refused : IngestError.LargerThanQuota();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Unreadable(facilityId, e);
        }
    }

    /// <summary>After its last byte, when its length is known: takes room for it.</summary>
    /// <returns>The terms that the room was taken from, to be released there.</returns>
    public async ValueTask<Result<FacilityTerms>> TakeAsync(Guid facilityId, long bytes, bool mayMakeRoom, CancellationToken ct)
    {
        try
        {
            FacilityTerms held = await terms.GetAsync(facilityId);
            if (held.TryTake(bytes)) return held;
            if (!held.CouldHold(bytes)) return IngestError.LargerThanQuota();
            bool isMade = mayMakeRoom;
            for (int round = 0; isMade && round < Rounds && MayMakeRoom(facilityId, held, bytes); round++)
            {
                isMade = await MakeRoomAsync(facilityId, held, bytes, ct);
                held = await terms.ReadAgainAsync(facilityId);
                if (held.TryTake(bytes)) return held;
            }

            return IngestError.QuotaReached();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Unreadable(facilityId, e);
        }
    }

    private bool MayMakeRoom(Guid facilityId, FacilityTerms held, long bytes) => roomMaker is not null && held.MakesRoom
        && !(_vain.TryGetValue(facilityId, out (long At, long Bytes) vain) && bytes >= vain.Bytes && time.GetElapsedTime(vain.At) < AfterVain);

    private async Task<bool> MakeRoomAsync(Guid facilityId, FacilityTerms held, long bytes, CancellationToken ct)
    {
        bool isMade = await roomMaker!.MakeRoomAsync(facilityId, bytes + held.OnTheWay, ct);
        if (isMade) _vain.TryRemove(facilityId, out _);
        else _vain[facilityId] = (time.GetTimestamp(), bytes);
        return isMade;
    }

    /// <summary>A database that cannot say this cannot take a row either: the sender hears it before it sends a gigabyte.</summary>
    private IngestError Unreadable(Guid facilityId, Exception e) => troubles.Refused(facilityId, IngestError.IndexFailed(), e);
}
