using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Retention;

/// <summary>Says which studies clean-up may take: complete, not pinned, and without a new image for the facility's retention days.</summary>
internal sealed class RetentionCandidates(INoctisDbContextFactory contexts, TimeProvider time)
{
    /// <summary>The rule. It is asked again under the facility's lock before a study goes.</summary>
    public Expression<Func<Study, bool>> Rule(int retentionDays)
    {
        DateTime before = time.GetUtcNow().UtcDateTime.AddDays(-retentionDays);
        return study => !study.IsPinned && study.CompletedUtc != null && study.LastReceivedUtc < before;
    }

    /// <summary>Those that have been quiet longest, first.</summary>
    public async Task<List<RetentionCandidate>> ListOldestAsync(FacilityScope scope, int retentionDays, int count, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateFor(scope);
        IQueryable<InstanceVersion> versions = context.Set<InstanceVersion>();
        return await context.Set<Study>().Where(Rule(retentionDays)).OrderBy(study => study.LastReceivedUtc).ThenBy(study => study.Id)
            .Select(study => new RetentionCandidate(
                study.FacilityId, study.Id, study.LastReceivedUtc,
                study.Bytes + versions.Where(version => version.StudyId == study.Id && version.StoragePath != null).Sum(version => version.Bytes)))
            .Take(count).ToListAsync(ct);
    }
}
