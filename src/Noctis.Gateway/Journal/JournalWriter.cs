using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Noctis.Archive.Journal;

namespace Noctis.Gateway.Journal;

/// <summary>
/// Takes journal rows from the associations without ever making them wait, and writes them in batches. The queue is bounded:
/// when the database is slower than the world, or away, the oldest rows are dropped, counted and logged; images come first.
/// </summary>
public sealed class JournalWriter : BackgroundService
{
    internal const int Capacity = 20_000;
    private const int BatchSize = 1_000;

    /// <summary>After so many attempts (about five minutes) a batch is given up, so that one bad row cannot end the journal.</summary>
    private const int MostAttempts = 60;

    /// <summary>Rows gather this long, so that a busy hour makes a few transactions a second beside those of the index.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Channel<JournalLine> _lines;
    private readonly SemaphoreSlim _hurry = new(0);
    private readonly JournalBatch _batch;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private long _dropped;
    private long _droppedTold;

    internal JournalWriter(JournalBatch batch, TimeProvider time, ILogger<JournalWriter> logger)
    {
        _batch = batch;
        _time = time;
        _logger = logger;
        _lines = Channel.CreateBounded<JournalLine>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            Drop);
    }

    /// <summary>Raised after rows were written, with the facilities they are of; with none when all are the administrator's. Handlers must be quick.</summary>
    public event Action<IReadOnlySet<Guid>>? Written;

    /// <summary>Rows lost since the start, because the queue was full or the database refused them.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Write(JournalEntry entry) => _lines.Writer.TryWrite(new JournalLine.OfFacility(entry));

    public void Write(FrontDoorEntry entry) => _lines.Writer.TryWrite(new JournalLine.OfAdministrator(entry));

    /// <summary>A registered device was admitted: its "last seen" is kept with the next batch.</summary>
    public void Seen(long deviceId, DateTime timeUtc, string address) =>
        _lines.Writer.TryWrite(new JournalLine.Seen(deviceId, timeUtc, address));

    /// <summary>Ends when everything written before the call is in the database, or was given up.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        var marker = new JournalLine.Marker(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_lines.Writer.TryWrite(marker))
            return;
        _hurry.Release();
        await marker.Reached.Task.WaitAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What is queued is still written: the loop ends by itself when the queue is empty, or when the host's patience ends.
        _lines.Writer.TryComplete();
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
        var lines = new List<JournalLine>(BatchSize);
        while (await _lines.Reader.WaitToReadAsync(stoppingToken))
        {
            await _hurry.WaitAsync(Gathering, stoppingToken);
            while (lines.Count < BatchSize && _lines.Reader.TryRead(out var line))
                lines.Add(line);
            await WriteAsync(lines, stoppingToken);
            foreach (var marker in lines.OfType<JournalLine.Marker>())
                marker.Reached.TrySetResult();
            lines.Clear();
            TellDropped();
        }
    }

    private async Task WriteAsync(List<JournalLine> lines, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Announce(await _batch.WriteAsync(lines, cancellationToken));
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                if (attempt == 1)
                    Log.JournalNotWritten(_logger, exception, lines.Count);
                if (attempt == MostAttempts || _lines.Reader.Completion.IsCompleted)
                {
                    lines.ForEach(Drop);
                    return;
                }
            }

            var pause = TimeSpan.FromSeconds(attempt);
            await Task.Delay(pause < LongestPause ? pause : LongestPause, _time, cancellationToken);
        }
    }

    private void Drop(JournalLine line)
    {
        if (line is JournalLine.Marker marker)
            marker.Reached.TrySetResult();
        else
            Interlocked.Increment(ref _dropped);
    }

    private void TellDropped()
    {
        var dropped = Dropped;
        if (dropped == _droppedTold)
            return;
        Log.JournalDropped(_logger, dropped - _droppedTold);
        _droppedTold = dropped;
    }

    private void Announce(IReadOnlySet<Guid> facilities)
    {
        // As with listener status: one page's broken handler must not keep the news from the others.
        foreach (var handler in Written?.GetInvocationList().Cast<Action<IReadOnlySet<Guid>>>() ?? [])
        {
            try
            {
                handler(facilities);
            }
            catch (Exception exception)
            {
                Log.StatusHandlerFailed(_logger, exception);
            }
        }
    }
}
