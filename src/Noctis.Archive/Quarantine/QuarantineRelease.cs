using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Ingest;
using Noctis.Archive.Journal;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Quarantine;

/// <summary>
/// Moves objects from quarantine into the archive by the way of every object: as if their device sent them now. A row goes when its object is
/// in the index; should the process die in between, it is released once more, which then changes nothing. One object at a time, so that
/// senders are not held up.
/// </summary>
public sealed class QuarantineRelease
{
    private const int PageSize = 100;
    private const int BufferLength = 128 * 1024;

    private readonly INoctisDbContextFactory _contexts;
    private readonly InstanceIngest _ingest;
    private readonly QuarantineFiles _files;
    private readonly AuditTrail _audit;

    internal QuarantineRelease(INoctisDbContextFactory contexts, InstanceIngest ingest, QuarantineFiles files, AuditTrail audit) =>
        (_contexts, _ingest, _files, _audit) = (contexts, ingest, files, audit);

    /// <summary>Releases what some devices have sent of some studies. For managers and administrators.</summary>
    /// <returns>What it came to; an error when it had to stop, such as a full disk: what was released until then stays released.</returns>
    public async Task<Result<QuarantineProgress>> RunAsync(
        FacilityScope scope, IReadOnlyCollection<QuarantineKey> keys, IProgress<QuarantineProgress>? progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(keys);
        if (!scope.MayManage) return QuarantineQueries.Forbidden();
        var done = new QuarantineProgress(0, 0, null);
        foreach (QuarantineKey key in keys)
        {
            int before = done.Released;
            IngestError? stop = null;
            try
            {
                await foreach (QuarantinedInstance row in RowsAsync(scope, key, ct))
                {
                    stop = await ReleaseAsync(scope, row, ct);
                    if (stop is not null && IsForAll(stop)) break;
                    done = stop is null ? done with { Released = done.Released + 1 } : done with { Left = done.Left + 1, LeftBecause = stop.Message };
                    progress?.Report(done);
                }
            }
            finally
            {
                await RecordAsync(scope, key, done.Released - before);
            }

            if (stop is not null && IsForAll(stop)) return stop;
        }

        return done;
    }

    private async IAsyncEnumerable<QuarantinedInstance> RowsAsync(
        FacilityScope scope, QuarantineKey key, [EnumeratorCancellation] CancellationToken ct)
    {
        long after = 0;
        while (true)
        {
            await using NoctisDbContext context = _contexts.CreateFor(scope);
            List<QuarantinedInstance> page = await QuarantineFiles.Of(context, key).AsNoTracking().Where(row => row.Id > after).OrderBy(row => row.Id).Take(PageSize).ToListAsync(ct);
            foreach (QuarantinedInstance row in page) yield return row;
            if (page.Count < PageSize) yield break;
            after = page[^1].Id;
        }
    }

    private async Task<IngestError?> ReleaseAsync(FacilityScope scope, QuarantinedInstance row, CancellationToken ct)
    {
        IngestError? refused = await StoreAsync(scope, row, ct);
        if (refused is { Code: JournalCode.DuplicateRefused } && await IsStoredAsync(scope, row, ct)) refused = null;
        if (refused is null) await _files.RemoveAsync(scope, [row.Id], null, CancellationToken.None);
        return refused;
    }

    private async Task<IngestError?> StoreAsync(FacilityScope scope, QuarantinedInstance row, CancellationToken ct)
    {
        var origin = new IngestOrigin
        {
            TransferSyntaxUid = row.TransferSyntaxUID,
            SopClassUid = row.SOPClassUID,
            SopInstanceUid = row.SOPInstanceUID,
            CallingAETitle = row.CallingAETitle,
            CalledAETitle = row.CalledAETitle,
            RemoteAddress = row.RemoteAddress,
        };
        Result<IncomingInstance> begun = await _ingest.BeginAsync(scope, origin, ct);
        if (!begun.TryGetValue(out IncomingInstance? incoming)) return (IngestError)begun.Error!;
        await using (incoming)
        {
            if (await CopyAsync(row, incoming, ct) is { } damaged) return damaged;
            Result<StoredInstance> stored = await incoming.CompleteAsync(ct);
            return stored.IsSuccess ? null : (IngestError)stored.Error;
        }
    }

    /// <returns>Why its file is not what was received; null when it is.</returns>
    private async Task<IngestError?> CopyAsync(QuarantinedInstance row, IncomingInstance incoming, CancellationToken ct)
    {
        var hash = new ObjectHash();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            await using FileStream? content = await _files.OpenContentAsync(row, ct);
            if (content is null) return Damaged();
            while (await content.ReadAsync(buffer.AsMemory(0, BufferLength), ct) is > 0 and int read)
            {
                hash.Append(buffer.AsSpan(0, read));
                await incoming.WriteAsync(buffer.AsMemory(0, read), ct);
            }

            return hash.Get().AsSpan().SequenceEqual(row.ContentHash) ? null : Damaged();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Damaged();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<bool> IsStoredAsync(FacilityScope scope, QuarantinedInstance row, CancellationToken ct)
    {
        await using NoctisDbContext context = _contexts.CreateFor(scope);
        return await context.Set<Instance>().AnyAsync(instance => instance.SOPInstanceUID == row.SOPInstanceUID && instance.ContentHash == row.ContentHash, ct);
    }

    private Task RecordAsync(FacilityScope scope, QuarantineKey key, int released) => released == 0
        ? Task.CompletedTask
        : _audit.WriteAsync(AuditActor.Of(scope), AuditAction.QuarantineReleased, scope.FacilityId, null,
            string.Create(CultureInfo.InvariantCulture, $"{key.CallingAETitle} at {key.RemoteAddress}: {released:N0} images of a study"));

    /// <summary>What stands against one object stands against the next one too.</summary>
    private static bool IsForAll(IngestError error) => error.Code is not (JournalCode.ObjectInvalid or JournalCode.DuplicateRefused);

    private static IngestError Damaged() => new("Its file in quarantine is damaged or missing: discard it", IngestError.ProcessingFailure);
}
