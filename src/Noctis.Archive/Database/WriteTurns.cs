using Microsoft.Extensions.Options;
using Noctis.Archive.Database.Providers;

namespace Noctis.Archive.Database;

/// <summary>
/// SQLite has one writer at a time, and whoever finds it taken sleeps for milliseconds at a guess. So those in this process who write all the
/// time take turns here: the index, for which senders wait, goes first, and who writes journal and figures gives way, for a while.
/// On databases that lock rows everybody has their turn at once. Thread safe.
/// </summary>
internal sealed class WriteTurns
{
    /// <summary>After this the journal goes on beside an index that is never idle: a small transaction each time, so that it costs ingest a percent or two.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();

    /// <summary>Whoever goes next, one after another: the index from the first, others once their patience is over.</summary>
    private readonly LinkedList<Waiter> _next = [];

    /// <summary>Whoever gives way: only when nobody is next.</summary>
    private readonly LinkedList<Waiter> _giveWay = [];

    private readonly TimeProvider _time;
    private readonly bool _isNeeded;
    private bool _isTaken;

    public WriteTurns(IOptions<DatabaseOptions> options, TimeProvider time)
        : this(!DatabaseProvider.Of(options.Value.Kind).LocksRows, time)
    {
    }

    internal WriteTurns(bool isNeeded, TimeProvider time) => (_isNeeded, _time) = (isNeeded, time);

    /// <summary>For the index, which has a thread of its own: blocks while somebody has the turn, which is a few milliseconds.</summary>
    public Turn Take() => TakeFirstAsync().GetAwaiter().GetResult();

    /// <summary>As <see cref="Take"/>, for whoever has no thread to block.</summary>
    internal Task<Turn> TakeFirstAsync()
    {
        if (!_isNeeded) return Task.FromResult<Turn>(default);
        lock (_gate) return TryTake() ? Task.FromResult(new Turn(this)) : Enqueue(_next).Granted;
    }

    /// <summary>For whoever can wait. What is done in the turn must be short, and must not wait for anything but the database.</summary>
    public async ValueTask<Turn> TakeLaterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_isNeeded) return default;
        Waiter waiter;
        lock (_gate)
        {
            if (TryTake()) return new Turn(this);
            waiter = Enqueue(_giveWay);
        }

        await using ITimer patience = _time.CreateTimer(_ => GiveWayNoLonger(waiter), null, Patience, Timeout.InfiniteTimeSpan);
        await using CancellationTokenRegistration ended = cancellationToken.Register(() => GiveUp(waiter, cancellationToken));
        return await waiter.Granted;
    }

    private bool TryTake() => !_isTaken && (_isTaken = true);

    private static Waiter Enqueue(LinkedList<Waiter> line)
    {
        var waiter = new Waiter();
        line.AddLast(waiter.Place);
        return waiter;
    }

    private void GiveWayNoLonger(Waiter waiter)
    {
        lock (_gate)
        {
            if (waiter.Place.List != _giveWay) return;
            _giveWay.Remove(waiter.Place);
            _next.AddLast(waiter.Place);
        }
    }

    /// <summary>Whoever has been given the turn already finds out by himself, and gives it back.</summary>
    private void GiveUp(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (waiter.Place.List is not { } line) return;
            line.Remove(waiter.Place);
        }

        waiter.Cancel(cancellationToken);
    }

    private void Release()
    {
        Waiter? next;
        lock (_gate)
        {
            next = (_next.First ?? _giveWay.First)?.Value;
            next?.Place.List!.Remove(next.Place);
            _isTaken = next is not null;
        }

        next?.Grant(new Turn(this));
    }

    /// <summary>Held while writing.</summary>
    internal readonly struct Turn(WriteTurns? turns) : IDisposable
    {
        public void Dispose() => turns?.Release();
    }

    private sealed class Waiter
    {
        private readonly TaskCompletionSource<Turn> _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Waiter() => Place = new LinkedListNode<Waiter>(this);

        public LinkedListNode<Waiter> Place { get; }

        public Task<Turn> Granted => _granted.Task;

        public void Grant(Turn turn) => _granted.TrySetResult(turn);

        public void Cancel(CancellationToken cancellationToken) => _granted.TrySetCanceled(cancellationToken);
    }
}
