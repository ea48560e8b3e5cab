using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Retention;

/// <summary>
/// Puts studies into the trash: from then on pages, queries and senders do not see them, and images that still come begin the
/// study anew. Their rows and files stay where they are, so a study of ten thousand images goes as quickly as one of two.
/// </summary>
public sealed class StudyDeletion
{
    public const int ReasonLength = TrashedStudy.ReasonLength;

    /// <summary>More than a page of the list shows.</summary>
    public const int MostAtOnce = 500;

    /// <summary>Studies of one transaction: senders of the facility wait for it.</summary>
    private const int BatchSize = 50;

    private readonly FacilityTransactions _transactions;
    private readonly IdGenerator _ids;
    private readonly AuditTrail _audit;
    private readonly StudyEvents _events;
    private readonly TimeProvider _time;

    internal StudyDeletion(FacilityTransactions transactions, IdGenerator ids, AuditTrail audit, StudyEvents events, TimeProvider time) =>
        (_transactions, _ids, _audit, _events, _time) = (transactions, ids, audit, events, time);

    /// <summary>For managers and administrators. Studies that are gone already are left out; a failure when all are.</summary>
    /// <param name="scope">Whose studies, and who deletes them.</param>
    /// <param name="studyIds">Which; at most <see cref="MostAtOnce"/>.</param>
    /// <param name="reason">Why, for those who will look for them.</param>
    /// <param name="ct">Heeded between batches.</param>
    public async Task<Result<DeletedStudies>> DeleteAsync(FacilityScope scope, IReadOnlyCollection<long> studyIds, string? reason, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(studyIds);
        if (!scope.MayManage) return new ForbiddenError("Studies are deleted by the facility's managers. Ask one of them.");
        string text = string.Concat((reason ?? "").Where(c => !char.IsControl(c))).Trim();
        if (text.Length == 0) return InvalidError.For(nameof(reason), "Say why, so that whoever looks for the study understands.");
        if (text.Length > ReasonLength)
            return InvalidError.For(nameof(reason), $"A reason has at most {ReasonLength} characters; this one has {text.Length}. Shorten it.");
        if (studyIds.Count > MostAtOnce)
            return InvalidError.For(nameof(studyIds), $"At most {MostAtOnce} studies are deleted at once; these are {studyIds.Count}. Choose fewer.");

        DeletedStudies? all = null;
        foreach (long[] some in studyIds.Distinct().Order().Chunk(BatchSize))
        {
            DeletedStudies deleted = await MoveAsync(scope, some, new TrashOrder(TrashCause.Person, text), ct);
            if (deleted.Studies > 0) all = deleted with { Studies = deleted.Studies + (all?.Studies ?? 0), Bytes = deleted.Bytes + (all?.Bytes ?? 0) };
        }

        return all is null ? new NotFoundError("There is no such study in this facility. It may have been deleted already: look into the trash.") : all;
    }

    /// <summary>Moves studies in one transaction: of those named, the ones that the order asks for as they stand under the lock.</summary>
    internal async Task<DeletedStudies> MoveAsync(FacilityScope scope, IReadOnlyList<long> studyIds, TrashOrder order, CancellationToken ct)
    {
        long[] moved = [];
        DeletedStudies deleted = await _transactions.RunAsync(
            scope,
            async context =>
            {
                List<Study> studies = await SelectAsync(context, studyIds, order, ct);
                moved = [.. studies.Select(study => study.Id)];
                return await MoveAsync(context, scope, studies, order, ct);
            },
            ct);
        _events.Publish(scope.FacilityId, removed: moved);
        return deleted;
    }

    private static async Task<List<Study>> SelectAsync(NoctisDbContext context, IReadOnlyList<long> studyIds, TrashOrder order, CancellationToken ct)
    {
        IQueryable<Study> wanted = context.Set<Study>().Where(study => studyIds.Contains(study.Id));
        if (order.Only is not null) wanted = wanted.Where(order.Only);
        List<Study> studies = await wanted.OrderBy(study => study.LastReceivedUtc).ThenBy(study => study.Id).ToListAsync(ct);
        if (order.DownToBytes is not { } limit) return studies;

        // What another run, on whatever node, has taken since the studies were listed counts too.
        long used = await QuotaUse.ReadAsync(context, ct);
        Dictionary<long, long> versions = await context.Set<InstanceVersion>().Where(version => studyIds.Contains(version.StudyId) && version.StoragePath != null)
            .GroupBy(version => version.StudyId).Select(group => new { group.Key, Bytes = group.Sum(version => version.Bytes) }).ToDictionaryAsync(group => group.Key, group => group.Bytes, ct);
        return [.. studies.TakeWhile(study =>
        {
            bool isNeeded = used > limit;
            used -= study.Bytes + versions.GetValueOrDefault(study.Id);
            return isNeeded;
        })];
    }

    private async Task<DeletedStudies> MoveAsync(
        NoctisDbContext context, FacilityScope scope, List<Study> studies, TrashOrder order, CancellationToken ct)
    {
        StorageSettings settings = await context.Set<StorageSettings>().AsNoTracking().SingleOrDefaultAsync(ct) ?? new StorageSettings();
        DateTime now = _time.GetUtcNow().UtcDateTime;
        DateTime purge = now.AddDays(settings.TrashDays);
        if (studies.Count == 0) return new DeletedStudies(0, 0, purge);

        long[] ids = [.. studies.Select(study => study.Id)];
        long versionBytes = await context.Set<InstanceVersion>()
            .Where(version => ids.Contains(version.StudyId) && version.StoragePath != null).SumAsync(version => version.Bytes, ct);
        foreach (Study study in studies)
        {
            study.TrashId = _ids.Next();
            context.Add(new TrashedStudy
            {
                Id = study.TrashId,
                StudyId = study.Id,
                Series = study.NumberOfSeries,
                Instances = study.NumberOfInstances,
                Bytes = study.Bytes,
                DeletedUtc = now,
                PurgeUtc = purge,
                ActorKind = scope.ActorKind,
                ActorId = scope.ActorId,
                ActorName = scope.ActorName,
                Reason = order.Reason,
                Cause = order.Cause,
            });
            // The reason is free text, in which people write names: it stays with the study.
            _audit.Add(context, AuditActor.Of(scope), AuditAction.StudyDeleted, scope.FacilityId, study.Id.ToString(CultureInfo.InvariantCulture),
                $"{study.NumberOfSeries} series, {study.NumberOfInstances} images, {ByteText.Of(study.Bytes)}; cause: {order.Cause}");
        }

        await context.SaveChangesAsync(ct);
        (int series, int instances, long bytes) = (studies.Sum(study => study.NumberOfSeries), studies.Sum(study => study.NumberOfInstances), studies.Sum(study => study.Bytes));
        await context.Set<FacilityUsage>().ExecuteUpdateAsync(
            row => row.SetProperty(usage => usage.Studies, usage => usage.Studies - studies.Count)
                .SetProperty(usage => usage.Series, usage => usage.Series - series)
                .SetProperty(usage => usage.Instances, usage => usage.Instances - instances)
                .SetProperty(usage => usage.Bytes, usage => usage.Bytes - bytes)
                .SetProperty(usage => usage.VersionBytes, usage => usage.VersionBytes - versionBytes)
                .SetProperty(usage => usage.TrashStudies, usage => usage.TrashStudies + studies.Count)
                .SetProperty(usage => usage.TrashBytes, usage => usage.TrashBytes + bytes + versionBytes),
            ct);
        return new DeletedStudies(studies.Count, bytes + versionBytes, purge);
    }
}
