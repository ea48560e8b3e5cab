using System.Data.Common;
using System.Diagnostics;
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
internal sealed class IndexWriter : IDisposable
{
    private const int Attempts = 4;

    private readonly IndexQueue _queue = new();
    private readonly ICrossTenantDbContextFactory _contexts;
    private readonly IdGenerator _ids;
    private readonly HeldFiles _held;
    private readonly StudyEvents _events;
    private readonly ILogger<IndexWriter> _logger;
    private readonly DatabaseProvider _provider;
    private readonly bool _mayBatch;
    private readonly IndexCache _cache = new();
    private readonly IngestMetrics? _metrics;
    private readonly WriteTurns? _turns;
    private readonly Thread _thread;
    private IndexSession? _session;

    public IndexWriter(
        ICrossTenantDbContextFactory contexts, IdGenerator ids, HeldFiles held, StudyEvents events, IOptions<DatabaseOptions> options, ILogger<IndexWriter> logger,
        IngestMetrics? metrics = null, WriteTurns? turns = null)
    {
        (_contexts, _ids, _held, _events, _logger) = (contexts, ids, held, events, logger);
        _metrics = metrics;
        _turns = turns;
        metrics?.ObserveQueue(() => _queue.Count);
        _provider = DatabaseProvider.Of(options.Value.Kind);
        _mayBatch = options.Value.MaxBatchSize is not 1;
        // A database call blocks, for SQLite until the disk has it: that is for a thread of its own, not for the pool.
        _thread = new Thread(Run) { IsBackground = true, Name = "noctis index" };
        _thread.UnsafeStart();
    }

    /// <summary>Puts an object into the index.</summary>
    /// <returns>When its row is committed, where it stands; an error when it was given up, after which its file belongs to nobody.</returns>
    public Task<Result<IndexedInstance>> AddAsync(IndexEntry entry) =>
        _queue.TryAdd(entry) ? entry.Outcome : Task.FromResult<Result<IndexedInstance>>(IngestError.ShuttingDown());

    /// <summary>Commits what is queued, then ends.</summary>
    public void Dispose()
    {
        _queue.End();
        _thread.Join();
    }

    private void Run()
    {
        var batch = new List<IndexEntry>();
        while (_queue.Take(batch))
        {
            Write(batch);
            _cache.Trim();
        }

        DropSession();
    }

    /// <summary>Commits a batch, in halves when the database refuses something in it; every entry gets its outcome.</summary>
    private void Write(List<IndexEntry> entries)
    {
        Exception? failure = TryCommit(entries);
        if (failure is null) return;
        if (failure is UnflushedException)
        {
            foreach (IndexEntry entry in entries.Where(entry => entry.DiskFailure is not null)) entry.Complete(entry.DiskFailure!);
            List<IndexEntry> others = [.. entries.Where(entry => entry.DiskFailure is null)];
            if (others.Count > 0) Write(others);
        }
        else if (DatabaseProvider.IsFull(failure) || IsUnavailable(failure))
        {
            Log.IndexUnavailable(_logger, failure, entries.Count);
            Fail(entries, DatabaseProvider.IsFull(failure) ? IngestError.IndexFull() : IngestError.IndexFailed());
        }
        else if (entries.Count == 1)
        {
            Log.IndexRefused(_logger, failure, entries[0].FacilityId);
            Fail(entries, IngestError.NotIndexed());
        }
        else
        {
            int half = entries.Count / 2;
            Write([.. entries.Take(half)]);
            Write([.. entries.Skip(half)]);
        }
    }

    /// <returns>Null when committed; else why not, after as many attempts as the reason is worth.</returns>
    private Exception? TryCommit(List<IndexEntry> entries)
    {
        long startedAt = Stopwatch.GetTimestamp();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                _session ??= IndexSession.Open(_contexts, _mayBatch);
                using WriteTurns.Turn turn = _turns?.Take() ?? default;
                IReadOnlyList<IndexedInstance> outcomes = new IndexBatch(_session, _cache, _ids, _held).Commit(entries);
                _metrics?.Committed(entries.Count, Stopwatch.GetElapsedTime(startedAt));
                // Its rows are rolled back, and the cache thinks that they are there.
                if (entries[0].IsRehearsal) _cache.Clear();
                for (int i = 0; i < entries.Count; i++) entries[i].Complete(outcomes[i]);
                _events.Publish(entries.Zip(outcomes).Where(pair => pair.Second.IsKept));
                return null;
            }
            catch (Exception e)
            {
                // What the cache says is worth nothing after a rollback.
                _cache.Clear();
                // The first refusal may be due to a row that the cache remembers and the database has lost; the second is not.
                bool again = attempt < Attempts && Stopwatch.GetElapsedTime(startedAt) < IndexSession.Patience && (IsWorthAnother(e) || (attempt == 1 && e is DbException));
                DropSession();
                if (!again) return e;
                if (e is not StaleIndexException) Thread.Sleep(20 * attempt * attempt);
            }
        }
    }

    /// <summary>Another node was faster, a deadlock, or a connection that died since its last use.</summary>
    private bool IsWorthAnother(Exception e) =>
        e is StaleIndexException || DatabaseProvider.IsTransient(e) || IsUnavailable(e) || (e is DbException database && _provider.IsUniqueViolation(database));

    private bool IsUnavailable(Exception e) => _provider.IsUnavailable(e) || (e.InnerException is { } inner && _provider.IsUnavailable(inner));

    private static void Fail(List<IndexEntry> entries, IngestError error)
    {
        foreach (IndexEntry entry in entries) entry.Complete(error);
    }

    private void DropSession()
    {
        IndexSession? session = _session;
        _session = null;
        if (session is null) return;
        try
        {
            session.Dispose();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or IOException)
        {
            // A connection that is broken already cannot be closed well.
            Log.IndexSessionLost(_logger, e);
        }
    }
}
