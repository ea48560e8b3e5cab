using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Noctis.Archive.Database;
using Noctis.Archive.Database.Providers;
using Noctis.Archive.Ingest;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Quarantine;

/// <summary>
/// The rows of quarantine. Each object has a transaction of its own, beside those of the index, which begins with the facility's
/// <see cref="QuarantineUsage"/>: whoever adds or removes comes one after another, so that the limit is never passed. Thread safe.
/// </summary>
internal sealed class QuarantineIndex(
    INoctisDbContextFactory contexts, StorageTerms storage, IdGenerator ids, QuarantineChanges changes, IngestTroubles troubles, TimeProvider time)
{
    private const int Attempts = 4;

    /// <summary>Whether anything at all may come; to be asked before the first byte.</summary>
    public async Task<IngestError?> FindFaultAsync(Guid facilityId, QuarantineTerms terms, CancellationToken ct)
    {
        try
        {
            long most = await MostAsync(facilityId, terms);
            await using NoctisDbContext context = contexts.CreateFor(ScopeOf(facilityId));
            bool isFull = await context.Set<QuarantineUsage>().AnyAsync(usage => usage.Bytes >= most || usage.Instances >= QuarantineTerms.MostInstances, ct);
            return isFull ? IngestError.QuarantineFull() : null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return troubles.Refused(facilityId, IngestError.IndexFailed(), e);
        }
    }

    /// <summary>Puts an object into quarantine whose file is placed and flushed.</summary>
    /// <returns>An error when it was given up, after which its file belongs to nobody.</returns>
    public async Task<Result<IndexedInstance>> AddAsync(IndexEntry entry, QuarantineTerms terms, string calledAETitle)
    {
        QuarantinedInstance row = ToRow(entry, calledAETitle);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Result<IndexedInstance> added = await TryAddAsync(row, await MostAsync(row.FacilityId, terms));
                if (added.IsSuccess) changes.Publish(row.FacilityId);
                return added;
            }
            catch (Exception e) when (attempt < Attempts && (DatabaseProvider.IsTransient(e) || e is DbUpdateException))
            {
                // A deadlock, a connection that died, or the facility's first object at two nodes at once: nothing was committed.
            }
            catch (Exception e)
            {
                return troubles.Refused(row.FacilityId, IngestError.IndexFailed(), e);
            }
        }
    }

    /// <summary>Takes rows out, and notes their files for removal in the same transaction.</summary>
    /// <param name="scope">Whose rows.</param>
    /// <param name="rowIds">Few enough for one statement; those that are gone already are passed over.</param>
    /// <param name="also">What belongs into the transaction.</param>
    /// <param name="ct">Cancels before the commit.</param>
    /// <returns>The files that are nobody's any more.</returns>
    public async Task<IReadOnlyList<FileRemoval>> RemoveAsync(FacilityScope scope, IReadOnlyList<long> rowIds, Action<NoctisDbContext>? also, CancellationToken ct)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                IReadOnlyList<FileRemoval> removals = await TryRemoveAsync(scope, rowIds, also, ct);
                if (removals.Count > 0) changes.Publish(scope.FacilityId);
                return removals;
            }
            catch (Exception e) when (attempt < Attempts && DatabaseProvider.IsTransient(e))
            {
                // Nothing was committed.
            }
        }
    }

    /// <summary>Whatever is set, unknown devices must not take a quota from those that are known.</summary>
    private async ValueTask<long> MostAsync(Guid facilityId, QuarantineTerms terms) =>
        terms == QuarantineTerms.Unlimited ? terms.MostBytes : Math.Min(terms.MostBytes, (await storage.GetAsync(facilityId)).QuotaBytes / QuarantineTerms.ShareOfQuota ?? long.MaxValue);

    private async Task<Result<IndexedInstance>> TryAddAsync(QuarantinedInstance row, long most)
    {
        await using NoctisDbContext context = contexts.CreateFor(ScopeOf(row.FacilityId));
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
        int counted = await context.Set<QuarantineUsage>()
            .Where(usage => usage.Bytes + row.Bytes <= most && usage.Instances < QuarantineTerms.MostInstances)
            .ExecuteUpdateAsync(set => set.SetProperty(usage => usage.Instances, usage => usage.Instances + 1).SetProperty(usage => usage.Bytes, usage => usage.Bytes + row.Bytes));
        if (counted == 0)
        {
            if (row.Bytes > most || await context.Set<QuarantineUsage>().AnyAsync()) return IngestError.QuarantineFull();
            context.Add(new QuarantineUsage { FacilityId = row.FacilityId, Instances = 1, Bytes = row.Bytes });
            await context.SaveChangesAsync();
        }

        // A device that was not heard sends again: what is there keeps the promise already, unless its file is known to be faulty.
        bool isThere = await context.Set<QuarantinedInstance>().AnyAsync(other =>
            other.SOPInstanceUID == row.SOPInstanceUID && other.CallingAETitle == row.CallingAETitle && other.StudyInstanceUID == row.StudyInstanceUID
            && other.ContentHash == row.ContentHash && !context.Set<InstanceFault>().Any(fault => fault.InstanceId == other.Id));
        if (isThere) return new IndexedInstance(0, 0, row.Id, Arrival.LeftOut);
        context.Add(row);
        await context.SaveChangesAsync();
        await transaction.CommitAsync();
        return new IndexedInstance(0, 0, row.Id, Arrival.Quarantined);
    }

    private async Task<IReadOnlyList<FileRemoval>> TryRemoveAsync(FacilityScope scope, IReadOnlyList<long> rowIds, Action<NoctisDbContext>? also, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateFor(scope);
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(ct);
        await context.Set<QuarantineUsage>().ExecuteUpdateAsync(set => set.SetProperty(usage => usage.Instances, usage => usage.Instances), ct);
        var rows = await context.Set<QuarantinedInstance>().Where(row => rowIds.Contains(row.Id)).Select(row => new { row.Id, row.Bytes, row.StoragePath }).ToListAsync(ct);
        if (rows.Count == 0) return [];
        DateTime now = time.GetUtcNow().UtcDateTime;
        List<FileRemoval> removals = [.. rows.Select(row => new FileRemoval { Id = ids.Next(), FacilityId = scope.FacilityId, StoragePath = row.StoragePath, SinceUtc = now })];
        context.AddRange(removals);
        also?.Invoke(context);
        await context.SaveChangesAsync(ct);
        long[] found = [.. rows.Select(row => row.Id)];
        (long instances, long bytes) = (rows.Count, rows.Sum(row => row.Bytes));
        await context.Set<QuarantinedInstance>().Where(row => found.Contains(row.Id)).ExecuteDeleteAsync(ct);
        await context.Set<InstanceFault>().Where(fault => found.Contains(fault.InstanceId)).ExecuteDeleteAsync(ct);
        await context.Set<QuarantineUsage>().ExecuteUpdateAsync(
            set => set.SetProperty(usage => usage.Instances, usage => usage.Instances - instances).SetProperty(usage => usage.Bytes, usage => usage.Bytes - bytes), ct);
        await transaction.CommitAsync(ct);
        return removals;
    }

    private QuarantinedInstance ToRow(IndexEntry entry, string calledAETitle)
    {
        DerivedText.Derive(entry.Study);
        return new QuarantinedInstance
        {
            Id = ids.Next(),
            FacilityId = entry.FacilityId,
            ReceivedUtc = entry.Instance.ReceivedUtc,
            CallingAETitle = entry.Instance.SourceAETitle,
            CalledAETitle = IndexText.Cut(calledAETitle, IngestOrigin.AETitleLength),
            RemoteAddress = entry.Instance.SourceAddress,
            StudyInstanceUID = entry.Study.StudyInstanceUID,
            SeriesInstanceUID = entry.Series.SeriesInstanceUID,
            SOPClassUID = entry.Instance.SOPClassUID,
            SOPInstanceUID = entry.Instance.SOPInstanceUID,
            TransferSyntaxUID = entry.Instance.TransferSyntaxUID,
            PatientName = entry.Study.PatientNameDisplay,
            PatientID = entry.Study.PatientID,
            StudyDate = entry.Study.StudyDate,
            StudyDescription = entry.Study.StudyDescription,
            Modality = entry.Series.Modality,
            Bytes = entry.Instance.Bytes,
            ContentHash = entry.Instance.ContentHash ?? [],
            StoragePath = entry.Instance.StoragePath,
        };
    }

    private static FacilityScope ScopeOf(Guid facilityId) => FacilityScope.ForJob(facilityId, "quarantine");
}
