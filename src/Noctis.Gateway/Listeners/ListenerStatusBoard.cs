using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;

namespace Noctis.Gateway.Listeners;

/// <summary>
/// Where the supervisor and the associations post what they do, and pages read it. Counting is a few
/// additions under a lock of the door, cheap enough for every object stored; the supervisor announces changed numbers once a cycle.
/// </summary>
public sealed class ListenerStatusBoard(TimeProvider time, ILogger<ListenerStatusBoard> logger) : IListenerStatusSource
{
    private readonly TimeProvider _time = time;
    private readonly ConcurrentDictionary<Door, ListenerTally> _tallies = new();
    private readonly DateTime _createdUtc = time.GetUtcNow().UtcDateTime;
    private volatile bool _hasSettled;
    private long _awaySinceTicks;

    public event Action<Door>? Changed;

    public ListenerStatus SharedDoor => Get(Door.Shared);

    public bool HasSettled => _hasSettled;

    public DateTime? DatabaseAwaySinceUtc => Interlocked.Read(ref _awaySinceTicks) is var ticks and > 0 ? new DateTime(ticks, DateTimeKind.Utc) : null;

    public ListenerStatus Get(Guid facilityId) => Get(Door.Of(facilityId));

    public ListenerStatus Get(Door door) => _tallies.TryGetValue(door, out var tally)
        ? tally.Read()
        : new ListenerStatus(ListenerState.Stopped, _createdUtc);

    internal void SetState(Door door, ListenerState state, IPEndPoint? endPoint = null, string? reason = null, string? remedy = null, bool isFailing = false)
    {
        var status = new ListenerStatus(state, _time.GetUtcNow().UtcDateTime) { EndPoint = endPoint, Reason = reason, Remedy = remedy, IsFailing = isFailing };
        if (TallyOf(door).Replace(status))
            Announce(door);
    }

    /// <summary>The supervisor has looked at every door of the directory; those that it opens are still being opened.</summary>
    internal void NoteReconciled() => _hasSettled = _hasSettled || _tallies.Values.All(tally => tally.Read().State != ListenerState.Starting);

    /// <summary>The supervisor has asked the database what is configured.</summary>
    internal void NoteDatabase(bool answers)
    {
        if (answers == (DatabaseAwaySinceUtc is null))
            return;
        Interlocked.Exchange(ref _awaySinceTicks, answers ? 0 : _time.GetUtcNow().UtcTicks);
        foreach (var door in _tallies.Keys)
            Announce(door);
    }

    internal void Forget(Door door)
    {
        if (_tallies.TryRemove(door, out _))
            Announce(door);
    }

    internal void AssociationOpened(Door door) => TallyOf(door).AddAssociations(1);

    internal void AssociationClosed(Door door) => TallyOf(door).AddAssociations(-1);

    internal void ImageStored(Door door, long bytes) => TallyOf(door).AddImage(bytes);

    internal void Refused(Door door) => TallyOf(door).AddRefusal();

    internal void Failed(Door door) => TallyOf(door).AddError();

    /// <summary>What facilities' doors did on this day that was not counted here: of all that did anything.</summary>
    internal void SetOthers(DateTime day, IReadOnlyDictionary<Guid, ListenerFigures> figures)
    {
        foreach (var (facilityId, others) in figures)
            TallyOf(Door.Of(facilityId)).SetOthers(day, others);
    }

    /// <summary>Tells the pages of every door whose numbers changed since the last call.</summary>
    internal void AnnounceNumbers()
    {
        foreach (var (door, tally) in _tallies)
        {
            if (tally.TakeDirty())
                Announce(door);
        }
    }

    private ListenerTally TallyOf(Door door) => _tallies.GetOrAdd(door, static (_, board) => new ListenerTally(board._createdUtc, board._time), this);

    private void Announce(Door door) => Subscribers.Tell(Changed, door, logger);
}
