using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.Auditing;

/// <summary>Writes and reads the record of who did what. Detail texts hold names of facilities, accounts and devices, never patient data.</summary>
public sealed class AuditTrail(ICrossTenantDbContextFactory databases, IdGenerator ids, TimeProvider time)
{
    private const int MaxPageSize = 500;

    /// <summary>For what is not a change of the database itself, such as a sign-in or a look at a study.</summary>
    public async Task WriteAsync(
        AuditActor actor, string action, Guid? facilityId, string? subjectId = null, string? detail = null, CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateAcrossFacilities();
        Add(database, actor, action, facilityId, subjectId, detail);
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>A facility's entries, newest first, for its managers.</summary>
    public async Task<Result<IReadOnlyList<AuditEntry>>> ListAsync(FacilityScope scope, long? before = null, int take = 100, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!scope.MayManage)
            return new ForbiddenError("The record of changes is for the facility's managers. Ask one of them.");

        await using var database = databases.CreateAcrossFacilities();
        return await PageAsync(database.AuditEntries.Where(entry => entry.AboutFacilityId == scope.FacilityId), before, take, cancellationToken);
    }

    /// <summary>The entries of the whole installation, newest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> ListAsync(AdministratorScope scope, long? before = null, int take = 100, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = databases.CreateAcrossFacilities();
        return await PageAsync(database.AuditEntries, before, take, cancellationToken);
    }

    /// <summary>Adds the entry to a unit of work, so that a change and its record are committed together or not at all.</summary>
    internal void Add(NoctisDbContext database, AuditActor actor, string action, Guid? facilityId, string? subjectId = null, string? detail = null) =>
        database.AuditEntries.Add(new AuditEntry
        {
            Id = ids.Next(),
            TimeUtc = time.GetUtcNow().UtcDateTime,
            ActorKind = actor.Kind,
            ActorId = Cut(actor.Id, 64)!,
            ActorName = Cut(actor.Name, AuditEntryConfiguration.NameMaxLength)!,
            Action = action,
            AboutFacilityId = facilityId,
            SubjectId = Cut(subjectId, 64),
            Detail = Cut(detail, AuditEntryConfiguration.DetailMaxLength),
        });

    private static async Task<List<AuditEntry>> PageAsync(IQueryable<AuditEntry> entries, long? before, int take, CancellationToken cancellationToken)
    {
        if (before is { } id)
            entries = entries.Where(entry => entry.Id < id);
        return await entries.AsNoTracking().OrderByDescending(entry => entry.Id).Take(Math.Clamp(take, 1, MaxPageSize)).ToListAsync(cancellationToken);
    }

    private static string? Cut(string? text, int length) => text?.Length > length ? text[..length] : text;
}
