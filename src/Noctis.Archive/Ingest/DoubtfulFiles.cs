using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Ingest;

/// <summary>
/// Files that were placed and whose commit failed. Whether the row is there is not certain: a connection can break after the
/// commit and before its answer. So the index is asked before the file goes, and asked again until it answers; the mark in
/// <c>incoming/</c> keeps the matter open over a restart. Never a row without its file.
/// </summary>
internal sealed class DoubtfulFiles : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Channel<PlacedObject> _queue = Channel.CreateUnbounded<PlacedObject>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private readonly ObjectStore _store;
    private readonly IndexLookup _index;
    private readonly TimeProvider _time;
    private readonly ILogger<DoubtfulFiles> _logger;
    private readonly Task _loop;

    public DoubtfulFiles(ObjectStore store, IndexLookup index, TimeProvider time, ILogger<DoubtfulFiles> logger)
    {
        (_store, _index, _time, _logger) = (store, index, time, logger);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Settles a file now if the index answers, else in the background.</summary>
    public async Task SettleAsync(PlacedObject placed)
    {
        if (!await TrySettleAsync(placed)) _queue.Writer.TryWrite(placed);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stopping.CancelAsync();
        await _loop;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (PlacedObject placed in _queue.Reader.ReadAllAsync(_stopping.Token))
            {
                while (!await TrySettleAsync(placed)) await Task.Delay(Pause, _time, _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The marks are still there: the next start goes on.
        }
    }

    private async Task<bool> TrySettleAsync(PlacedObject placed)
    {
        try
        {
            if (await _index.IsIndexedAsync(placed, _stopping.Token)) _store.Unmark(placed);
            else _store.Discard(placed);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.NotSettled(_logger, e, placed.FacilityId);
            return false;
        }
    }
}
