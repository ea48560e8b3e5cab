using Microsoft.Extensions.Options;
using Noctis.Archive.Database.Providers;

namespace Noctis.Archive.Database;

/// <summary>
/// SQLite has one writer at a time, and whoever finds it taken sleeps for milliseconds at a guess. So those in this process who write all the
/// time take turns here: the index, for which senders wait, goes first, and who writes journal and figures gives way, for a while.
/// On databases that lock rows everybody has their turn at once. Thread safe.
/// </summary>
internal sealed class WriteTurns : IDisposable
{
    /// <summary>After this the journal goes on beside an index that is never idle: a small transaction each time, so that it costs ingest a percent or two.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(4);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly TimeProvider _time;
    private readonly bool _isNeeded;
    private int _urgent;

    public WriteTurns(IOptions<DatabaseOptions> options, TimeProvider time)
        : this(!DatabaseProvider.Of(options.Value.Kind).LocksRows, time)
    {
    }

    internal WriteTurns(bool isNeeded, TimeProvider time) => (_isNeeded, _time) = (isNeeded, time);

    /// <summary>For the index: blocks while somebody has the turn, which is a few milliseconds.</summary>
    public Turn Take()
    {
        if (!_isNeeded) return default;
        Interlocked.Increment(ref _urgent);
        _turn.Wait();
        Interlocked.Decrement(ref _urgent);
        return new Turn(_turn);
    }

    /// <summary>For whoever can wait. What is done in the turn must be short, and must not wait for anything but the database.</summary>
    public async ValueTask<Turn> TakeLaterAsync(CancellationToken cancellationToken)
    {
        if (!_isNeeded) return default;
        long startedAt = _time.GetTimestamp();
        while (Volatile.Read(ref _urgent) > 0 || !_turn.Wait(0, CancellationToken.None))
        {
            if (_time.GetElapsedTime(startedAt) >= Patience)
            {
                // Blocked rather than awaited: the turn must not lie idle until the pool finds somebody to go on with it.
                _turn.Wait(cancellationToken);
                break;
            }

            await Task.Delay(Look, _time, cancellationToken);
        }

        return new Turn(_turn);
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Held while writing.</summary>
    internal readonly struct Turn(SemaphoreSlim? turn) : IDisposable
    {
        public void Dispose() => turn?.Release();
    }
}
