using System.Buffers;
using System.Globalization;
using Noctis.Archive.Storage;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;

namespace Noctis.Archive.Ingest;

/// <summary>
/// One object on its way in. Bytes go to its file as they come, and its header is picked out on the way, so that memory does
/// not grow with the object. Not thread safe; to be disposed of always, which discards it unless it was completed.
/// </summary>
public sealed class IncomingInstance : IAsyncDisposable
{
    private static readonly DicomHeaderScannerOptions ScannerOptions = new() { IsWanted = InstanceHeader.Tags.Contains };

    /// <summary>What is larger is flushed before the index begins: its commit, which others wait for too, must not wait for a long flush.</summary>
    private const long LargestOverlap = 4 * 1024 * 1024;

    private readonly IngestParts _parts;
    private readonly FacilityScope _scope;
    private readonly IngestOrigin _origin;
    private readonly DicomHeaderScanner _scanner;
    private readonly ObjectHash _hash = new();
    private readonly IncomingFile _file;
    private long _heard;
    private long _askAt;
    private IngestError? _failure;
    private PlacedObject? _placed;
    private FileRemoval? _superseded;
    private State _state = State.Receiving;

    internal IncomingInstance(IngestParts parts, FacilityScope scope, IngestOrigin origin, DicomTransferSyntax syntax, Placement placement)
    {
        (_parts, _scope, _origin) = (parts, scope, origin);
        _scanner = new DicomHeaderScanner(syntax, ScannerOptions);
        _file = parts.Store.Create(scope.FacilityId, placement);
        try
        {
            var meta = new ArrayBufferWriter<byte>(512);
            DicomFileMetaWriter.Write(meta, origin.SopClassUid, origin.SopInstanceUid, syntax, origin.CallingAETitle);
            _file.Write(meta.WrittenMemory);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    private enum State
    {
        Receiving,
        Stored,
        Settled,
    }

    /// <summary>
    /// Takes the next bytes of the data set. A failure is kept for <see cref="CompleteAsync"/>: the sender has to be heard out
    /// before it can be answered.
    /// </summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (_state != State.Receiving) throw new InvalidOperationException("The object is complete.");
        _heard += bytes.Length;
        if (_failure is not null) return ValueTask.CompletedTask;
        try
        {
            if (!_scanner.IsComplete) _scanner.Push(bytes.Span);
            _hash.Append(bytes.Span);
            // Into the page cache, which takes it at memory speed; the disk is waited for once, at the end, elsewhere.
            _file.Write(bytes);
            if (_file.Length > _askAt) return AskAsync();
        }
        catch (DicomDataException e)
        {
            GiveUp(Unreadable(e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            GiveUp(StorageFailed(e));
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// The last byte was written: place, flush, index. Success means that the object is on disk and its row committed. The
    /// token is heeded until the object is handed to the index; from then on only the outcome ends the wait.
    /// </summary>
    public async Task<Result<StoredInstance>> CompleteAsync(CancellationToken ct)
    {
        if (_state != State.Receiving) throw new InvalidOperationException("The object is complete.");
        ct.ThrowIfCancellationRequested();
        if ((_failure ??= JudgeHeader()) is { } refused) return await _parts.Gate.NowThatAllCameAsync(refused, _scope.FacilityId, _heard);

        long bytes = _file.Length;
        Result<FacilityTerms> room = await _parts.Gate.TakeAsync(_scope.FacilityId, bytes, _origin.Quarantine is null, ct);
        if (!room.IsSuccess) return _failure = (IngestError)room.Error;

        bool isKept = false;
        try
        {
            Result<StoredInstance> stored = await StoreAsync(_scanner.Header, bytes, room.Value.Duplicates);
            isKept = stored.IsSuccess && stored.Value.Arrival is not (Arrival.LeftOut or Arrival.Rehearsed);
            return stored;
        }
        finally
        {
            room.Value.Release(bytes, isKept);
        }
    }

    /// <summary>
    /// After success, tidies up: the copy that was replaced goes, then the mark in <c>incoming/</c>; nobody needs to wait for
    /// that with an answer in hand. Otherwise discards what was received.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        _scanner.Dispose();
        try
        {
            if (_state == State.Stored)
            {
                if (_superseded is not null) _parts.Removals.Remove(_superseded);
                if (_placed!.Held is null) _parts.Store.Unmark(_placed);
            }
            else if (_state == State.Receiving)
            {
                Discard();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.NotRemoved(_parts.Logger, e, _scope.FacilityId);
        }

        _state = State.Settled;
        return ValueTask.CompletedTask;
    }

    private async Task<Result<StoredInstance>> StoreAsync(DicomDataset header, long bytes, DuplicatePolicy duplicates)
    {
        ObjectIdentity identity = InstanceHeader.IdentityOf(header, _origin.SopInstanceUid);
        IndexEntry entry;
        Task<Result<IndexedInstance>> indexing;
        try
        {
            // A rehearsal is to take every step on disk that an image may take; what is set apart has no row that could hold it.
            _placed = _origin.IsRehearsal || _origin.Quarantine is not null ? null : _parts.Store.TryHold(_file, identity);
            _placed ??= await BlockAsync(() => _parts.Store.Place(_file, identity));
            var content = new PlacedContent(bytes, _hash.Get(), _parts.Time.GetUtcNow().UtcDateTime);
            entry = InstanceHeader.ToEntry(header, _origin, _placed, content, duplicates);
            bool isHeld = _placed.Held is not null, overlaps = !isHeld && bytes <= LargestOverlap && _origin.Quarantine is null;
            if (!overlaps && !isHeld) await BlockAsync(Flush);
            if (overlaps) entry.BeginFlush(FlushName);
            // From here the index decides whose the file is; should it fail to say, the mark stays for the next start.
            _state = State.Settled;
            indexing = _origin.Quarantine is { } terms ? _parts.Quarantine.AddAsync(entry, terms, _origin.CalledAETitle) : _parts.Index.AddAsync(entry);
            if (overlaps) await FlushWhileIndexedAsync(entry);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return _failure = StorageFailed(e);
        }

        Result<IndexedInstance> indexed = await indexing;
        if (entry.DiskFailure is { } unflushed)
        {
            _state = State.Receiving;
            return _failure = unflushed;
        }

        if (!indexed.TryGetValue(out IndexedInstance? row))
        {
            await _parts.Doubtful.SettleAsync(_placed);
            return indexed.Error!;
        }

        // A copy that is not kept goes the way of one that was never complete.
        _state = row.IsKept ? State.Stored : State.Receiving;
        _superseded = row.Superseded;
        _parts.Troubles.Stored(_scope.FacilityId);
        if (_state == State.Stored && _placed.Held is not null) WriteHeld();
        if (row.Arrival == Arrival.Refused) return _failure = IngestError.Duplicate(row.Differs);
        return new StoredInstance
        {
            StudyId = row.StudyId,
            SeriesId = row.SeriesId,
            InstanceId = row.InstanceId,
            StudyInstanceUid = identity.StudyInstanceUid,
            SeriesInstanceUid = identity.SeriesInstanceUid,
            SopInstanceUid = identity.SopInstanceUid,
            Bytes = bytes,
            Arrival = row.Arrival,
        };
    }

    /// <summary>Whether to go on. At once after the first bytes too, which says how far the object may go.</summary>
    private async ValueTask AskAsync()
    {
        if (_origin.Quarantine is { } terms && _file.Length > terms.MostBytes)
        {
            GiveUp(IngestError.QuarantineFull());
            return;
        }

        Result<long> next = await _parts.Gate.GoOnAsync(_scope.FacilityId, _file.Length);
        if (next.IsSuccess) _askAt = next.Value;
        else GiveUp((IngestError)next.Error);
    }

    /// <summary>What has come is of no use, and its sender may take hours for the rest: the disk gets its room back now.</summary>
    private void GiveUp(IngestError failure)
    {
        _failure = failure;
        try
        {
            Discard();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.NotRemoved(_parts.Logger, e, _scope.FacilityId);
        }
    }

    /// <summary>The flush takes as long as the index takes to write the row: they go side by side, and the commit waits for both.</summary>
    private async Task FlushWhileIndexedAsync(IndexEntry entry)
    {
        try
        {
            await BlockAsync(() =>
            {
                _file.FlushAndClose();
                entry.FlushEnded(null);
                entry.FlushName();
                return true;
            });
        }
        catch (Exception e)
        {
            entry.FlushEnded(StorageFailed(e));
        }
    }

    /// <summary>It is durable in the index already: where this fails it is tried again, by whoever wants to read it and each second.</summary>
    private void WriteHeld()
    {
        try
        {
            _parts.Store.Unmark(_placed!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.HeldFilesFailed(_parts.Logger, e);
        }
    }

    private bool Flush()
    {
        _file.FlushAndClose();
        _parts.Store.FlushName(_placed!);
        return true;
    }

    private IngestError? FlushName()
    {
        try
        {
            _parts.Store.FlushName(_placed!);
            return null;
        }
        catch (Exception e)
        {
            return StorageFailed(e);
        }
    }

    /// <summary>Waits for the disk. An association that has a thread of its own holds up nobody else; the pool's threads are everybody's.</summary>
    private ValueTask<T> BlockAsync<T>(Func<T> action) => Thread.CurrentThread.IsThreadPoolThread ? new(_parts.Disk.RunAsync(action)) : new(action());

    private void Discard()
    {
        _file.Dispose();
        if (_placed is not null) _parts.Store.Discard(_placed);
        else _parts.Store.Discard(_file);
    }

    private IngestError? JudgeHeader()
    {
        try
        {
            _scanner.Finish();
            return InstanceHeader.Judge(_scanner.Header, _origin);
        }
        catch (DicomDataException e)
        {
            return Unreadable(e);
        }
    }

    private IngestError StorageFailed(Exception e) => _parts.Troubles.Refused(_scope.FacilityId, IngestError.StorageFailed(e), e);

    private static IngestError Unreadable(DicomDataException e) => IngestError.CannotRead(
        e.Tag is { } tag ? string.Create(CultureInfo.InvariantCulture, $"Data set cannot be read, at {tag}") : "Data set cannot be read",
        e.Tag);
}
