using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Noctis.Archive.Journal;

namespace Noctis.Gateway.Journal;

/// <summary>
/// Takes journal rows from the associations without ever making them wait, and writes them in batches. What waits is bounded: when the database
/// is slower than the world, or away, rows are dropped, counted and logged, see <see cref="JournalQueue"/>; images come first.
/// </summary>
public sealed class JournalWriter : BackgroundService
{
    private const int BatchSize = 2_000;

    /// <summary>After so many attempts (about an hour) a batch is given up, so that nothing can end the journal for ever.</summary>
    private const int MostAttempts = 720;

    /// <summary>Rows gather this long, so that a busy hour makes a few transactions a second beside those of the index.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _hurry = new(0);
    private readonly JournalQueue _queue;
    private readonly JournalStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private long _droppedTold;
    private volatile bool _isStopping;

    internal JournalWriter(JournalStore store, TimeProvider time, ILogger<JournalWriter> logger, JournalQueue? queue = null)
    {
        _store = store;
        _time = time;
        _logger = logger;
        _queue = queue ?? new JournalQueue();
    }

    /// <summary>Raised after rows were written, with the facilities they are of; with none when all are the administrator's. Handlers must be quick.</summary>
    public event Action<IReadOnlySet<Guid>>? Written;

    /// <summary>Rows lost since the start, because too many waited or the database refused them.</summary>
    public long Dropped => _queue.Dropped;

    public void Write(JournalEntry entry) => _queue.Add(entry);

    public void Write(FrontDoorEntry entry) => _queue.Add(entry);

    /// <summary>A registered device was admitted: its "last seen" is kept with the next batch.</summary>
    public void Seen(long deviceId, DateTime timeUtc, string address) => _queue.Add(new DeviceSeen(deviceId, timeUtc, address));

    /// <summary>Ends when everything written before the call is in the database, or was given up.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_queue.AddMarker() is not { } reached)
            return;
        _hurry.Release();
        await reached.WaitAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What is queued is still written: the loop ends by itself when the queue is empty, or when the host's patience ends.
        _queue.End();
        _isStopping = true;
        Hurry();
        if (ExecuteTask is { } running)
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    private void Hurry()
    {
        try
        {
            _hurry.Release();
        }
        catch (ObjectDisposedException)
        {
            // A host that is told to stop from two sides may have disposed of us already; then everything is written.
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _hurry.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _queue.WhenAny().WaitAsync(stoppingToken);
            // More than a batch is left when the last one could not take all: then there is nothing to gather for.
            if (!_isStopping && _queue.Count < BatchSize)
                await _hurry.WaitAsync(Gathering, stoppingToken);
            var batch = _queue.Take(BatchSize, out var reached);
            if (batch is not null)
                await WriteAsync(batch, stoppingToken);
            foreach (var marker in reached)
                marker.TrySetResult();
            TellDropped();
            if (batch is null && _isStopping)
                return;
        }
    }

    private async Task WriteAsync(JournalBatch batch, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var written = await _store.WriteAsync(batch with { IsRepeated = attempt > 1 }, cancellationToken);
                _queue.Lost(written.Refused);
                Subscribers.Tell(Written, written.Facilities, _logger);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                var rows = batch.Entries.Count + batch.FrontDoor.Count;
                if (attempt == 1)
                    Log.JournalNotWritten(_logger, exception, rows);
                // The database is away: it is waited for, and what cannot wait gives way in the queue. Except at the end.
                if (_isStopping || attempt == MostAttempts)
                {
                    _queue.Lost(rows);
                    return;
                }
            }

            var pause = TimeSpan.FromSeconds(attempt);
            await Task.Delay(pause < LongestPause ? pause : LongestPause, _time, cancellationToken);
        }
    }

    private void TellDropped()
    {
        var dropped = Dropped;
        if (dropped == _droppedTold)
            return;
        Log.JournalDropped(_logger, dropped - _droppedTold);
        _droppedTold = dropped;
    }
}
