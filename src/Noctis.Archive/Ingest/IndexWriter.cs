using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Noctis.Archive.Database;
using Noctis.Archive.Database.Providers;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Ingest;

/// <summary>
/// The one writer of the index in this process: takes whatever waits and commits it as one transaction, so that many
/// associations share one flush of the database's log, and throughput grows with load. One object that the database refuses
/// does not fail those beside it. Thread safe.
/// </summary>
internal sealed class IndexWriter : IAsyncDisposable
{
    /// <summary>Larger transactions gain little, and make the first in line wait for the last.</summary>
    private const int LargestBatch = 256;

    /// <summary>Enough for every association of a busy server; beyond it senders wait.</summary>
    private const int LongestQueue = 4096;

    private const int Attempts = 4;

    private readonly Channel<IndexEntry> _queue = Channel.CreateBounded<IndexEntry>(new BoundedChannelOptions(LongestQueue) { SingleReader = true });
    private readonly ICrossTenantDbContextFactory _contexts;
    private readonly IdGenerator _ids;
    private readonly StudyEvents _events;
    private readonly TimeProvider _time;
    private readonly ILogger<IndexWriter> _logger;
    private readonly DatabaseProvider _provider;
    private readonly bool _mayBatch;
    private readonly IndexCache _cache = new();
    private readonly HashSet<(Guid FacilityId, string SopInstanceUid)> _objects = [];
    private readonly DiskThreads _thread = new(1);
    private readonly Task _loop;
    private IndexSession? _session;

    public IndexWriter(
        ICrossTenantDbContextFactory contexts, IdGenerator ids, StudyEvents events, TimeProvider time, IOptions<DatabaseOptions> options, ILogger<IndexWriter> logger)
    {
        (_contexts, _ids, _events, _time, _logger) = (contexts, ids, events, time, logger);
        _provider = DatabaseProvider.Of(options.Value.Kind);
        _mayBatch = options.Value.MaxBatchSize is not 1;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Puts an object into the index.</summary>
    /// <returns>When its row is committed, where it stands; an error when it was given up, after which its file belongs to nobody.</returns>
    public async Task<Result<IndexedInstance>> AddAsync(IndexEntry entry)
    {
        try
        {
            await _queue.Writer.WriteAsync(entry);
        }
        catch (ChannelClosedException)
        {
            return IngestError.ShuttingDown();
        }

        return await entry.Outcome;
    }

    /// <summary>Commits what is queued, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        _thread.Dispose();
    }

    private async Task RunAsync()
    {
        var batch = new List<IndexEntry>(LargestBatch);
        while (await _queue.Reader.WaitToReadAsync())
        {
            Take(batch);
            // SQLite blocks its caller, and waits for the disk at each commit: that is for a thread of its own, not for the pool.
            await _thread.RunAsync(() =>
            {
                WriteAsync(batch).GetAwaiter().GetResult();
                return true;
            });
            _cache.Trim();
        }

        await DropSessionAsync();
    }

    /// <summary>What waits, but no object twice: a second copy is judged by what the first left in the database.</summary>
    private void Take(List<IndexEntry> batch)
    {
        batch.Clear();
        _objects.Clear();
        while (batch.Count < LargestBatch && _queue.Reader.TryPeek(out IndexEntry? next) && _objects.Add((next.FacilityId, next.Instance.SOPInstanceUID)))
        {
            _queue.Reader.TryRead(out _);
            batch.Add(next);
        }
    }

    /// <summary>Commits a batch, in halves when the database refuses something in it; every entry gets its outcome.</summary>
    private async Task WriteAsync(List<IndexEntry> entries)
    {
        Exception? failure = await TryCommitAsync(entries);
        if (failure is null) return;
        if (IsUnavailable(failure))
        {
            Log.IndexUnavailable(_logger, failure, entries.Count);
            Fail(entries, IngestError.IndexFailed());
        }
        else if (entries.Count == 1)
        {
            Log.IndexRefused(_logger, failure, entries[0].FacilityId);
            Fail(entries, IngestError.NotIndexed());
        }
        else
        {
            int half = entries.Count / 2;
            await WriteAsync([.. entries.Take(half)]);
            await WriteAsync([.. entries.Skip(half)]);
        }
    }

    /// <returns>Null when committed; else why not, after as many attempts as the reason is worth.</returns>
    private async Task<Exception?> TryCommitAsync(List<IndexEntry> entries)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                _session ??= await IndexSession.OpenAsync(_contexts, _mayBatch);
                IReadOnlyList<IndexedInstance> outcomes = await new IndexBatch(_session, _cache, _ids).CommitAsync(entries);
                for (int i = 0; i < entries.Count; i++) entries[i].Complete(outcomes[i]);
                _events.Publish(entries.Zip(outcomes).Where(pair => pair.Second.IsKept));
                return null;
            }
            catch (Exception e)
            {
                // What the cache says is worth nothing after a rollback.
                _cache.Clear();
                // The first refusal may be due to a row that the cache remembers and the database has lost; the second is not.
                bool again = attempt < Attempts && (IsWorthAnother(e) || (attempt == 1 && e is DbException));
                await DropSessionAsync();
                if (!again) return e;
                if (e is not StaleIndexException) await Task.Delay(TimeSpan.FromMilliseconds(20 * attempt * attempt), _time);
            }
        }
    }

    /// <summary>Another node was faster, a deadlock, or a connection that died since its last use.</summary>
    private bool IsWorthAnother(Exception e) =>
        e is StaleIndexException or DbException { IsTransient: true } || IsUnavailable(e) || (e is DbException database && _provider.IsUniqueViolation(database));

    private bool IsUnavailable(Exception e) => _provider.IsUnavailable(e) || (e.InnerException is { } inner && _provider.IsUnavailable(inner));

    private static void Fail(List<IndexEntry> entries, IngestError error)
    {
        foreach (IndexEntry entry in entries) entry.Complete(error);
    }

    private async Task DropSessionAsync()
    {
        IndexSession? session = _session;
        _session = null;
        if (session is null) return;
        try
        {
            await session.DisposeAsync();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or IOException)
        {
            // A connection that is broken already cannot be closed well.
            Log.IndexSessionLost(_logger, e);
        }
    }
}
