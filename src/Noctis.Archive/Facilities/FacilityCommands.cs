using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Settings;

namespace Noctis.Archive.Facilities;

/// <summary>Creates and changes facilities. Each change is committed with its audit entry, and then announced by <see cref="FacilityChanges"/>.</summary>
public sealed class FacilityCommands(
    ICrossTenantDbContextFactory databases,
    PortProposer ports,
    FacilityValidator validator,
    SettingsHistory history,
    AuditTrail audit,
    FacilityChanges changes,
    TimeProvider time) : IDisposable
{
    // Each round somebody else won; with creations of this process in line, that takes as many other nodes.
    private const int MaxCreateRounds = 50;

    // Creations that run side by side would propose the same port; in line they do not have to lose to learn of each other.
    private readonly SemaphoreSlim _creating = new(1, 1);

    public void Dispose() => _creating.Dispose();

    /// <summary>What a facility of this name would get; a failure when no port is free.</summary>
    public async Task<Result<FacilityProposal>> ProposeAsync(string? name, CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateAcrossFacilities();
        var port = await ports.ProposeAsync(database, cancellationToken);
        return port.IsSuccess ? new FacilityProposal(await ProposeAETitleAsync(database, name, cancellationToken), port.Value) : port.Error;
    }

    /// <summary>What is wrong with values as they are typed, each error with its field; empty when they can be used now.</summary>
    /// <param name="facilityId">The facility that is changed; null for a new one.</param>
    public async Task<IReadOnlyList<Error>> ValidateAsync(FacilityDraft draft, Guid? facilityId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        await using var database = databases.CreateAcrossFacilities();
        var current = facilityId is { } id ? await FindAsync(database, id, cancellationToken) : null;
        return await validator.ValidateAsync(database, draft, current, cancellationToken);
    }

    /// <summary>Creates a facility; AE title and port are proposed where the draft leaves them out.</summary>
    public async Task<Result<Facility>> CreateAsync(AdministratorScope actor, FacilityDraft draft, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(draft);
        await _creating.WaitAsync(cancellationToken);
        try
        {
            for (var round = 1; ; round++)
            {
                await using var database = databases.CreateAcrossFacilities();
                var attempt = await TryCreateAsync(database, actor, draft, cancellationToken);
                if (attempt is not { } result)
                {
                    // Somebody else took the AE title or the port between the look and the write: look again. A typed value that is
                    // gone is then answered by the validator.
                    if (round < MaxCreateRounds)
                        continue;
                    return new ConflictError("Other facilities are being created at the same moment. Try again.");
                }

                if (result.IsSuccess)
                    changes.Announce(result.Value, AuditAction.FacilityCreated, actor);
                return result;
            }
        }
        finally
        {
            _creating.Release();
        }
    }

    /// <summary>Changes name, AE title and port.</summary>
    /// <param name="actor">Who changes it.</param>
    /// <param name="facilityId">The facility.</param>
    /// <param name="draft">Its new values.</param>
    /// <param name="version">The <see cref="Facility.Version"/> that the change was made from.</param>
    /// <param name="origin">Where the change comes from.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public async Task<Result<Facility>> UpdateAsync(
        AdministratorScope actor, Guid facilityId, FacilityDraft draft, int version, SettingsOrigin origin = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(draft);
        await using var database = databases.CreateAcrossFacilities();
        var facility = await FindAsync(database, facilityId, cancellationToken);
        if (facility is null)
            return NotFound();
        if (facility.Version != version)
            return Outdated();
        var errors = await validator.ValidateAsync(database, draft, facility, cancellationToken);
        if (errors.Count > 0)
            return ToError(errors);

        var before = FacilityIdentity.Of(facility);
        facility.Name = FacilityValidator.NormalizeName(draft.Name);
        facility.AETitle = draft.AETitle is null ? facility.AETitle : AETitleRules.Normalize(draft.AETitle);
        facility.Port = draft.Port ?? facility.Port;
        facility.ChangedUtc = time.GetUtcNow().UtcDateTime;
        facility.Version++;
        audit.Add(database, AuditActor.Of(actor), AuditAction.FacilityUpdated, facility.Id, facility.Id.ToString(),
            $"{Describe(before)} → {Describe(FacilityIdentity.Of(facility))}");
        history.Add(
            database, AuditActor.Of(actor), facility.Id,
            SettingsDocument.Of(FacilityIdentity.Section, before), SettingsDocument.Of(FacilityIdentity.Section, FacilityIdentity.Of(facility)), origin);
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Outdated();
        }
        catch (DbUpdateException exception) when (database.IsUniqueViolation(exception))
        {
            return new ConflictError("Another facility has just taken this AE title or port. Choose another one.");
        }

        changes.Announce(facility, AuditAction.FacilityUpdated, actor);
        return facility;
    }

    /// <summary>Stops the listener; devices are refused until the facility is resumed.</summary>
    public Task<Result> SuspendAsync(AdministratorScope actor, Guid facilityId, CancellationToken cancellationToken = default) =>
        ChangeStateAsync(actor, facilityId, FacilityState.Suspended, AuditAction.FacilitySuspended, [FacilityState.Active], cancellationToken);

    /// <summary>Starts the listener of a suspended or archived facility again.</summary>
    public Task<Result> ResumeAsync(AdministratorScope actor, Guid facilityId, CancellationToken cancellationToken = default) =>
        ChangeStateAsync(actor, facilityId, FacilityState.Active, AuditAction.FacilityResumed, [FacilityState.Suspended, FacilityState.Archived], cancellationToken);

    /// <summary>Closes a facility: no listener, data stays readable. AE title and port stay its own, so that it can be resumed.</summary>
    public Task<Result> ArchiveAsync(AdministratorScope actor, Guid facilityId, CancellationToken cancellationToken = default) =>
        ChangeStateAsync(actor, facilityId, FacilityState.Archived, AuditAction.FacilityArchived, [FacilityState.Active, FacilityState.Suspended], cancellationToken);

    /// <summary>
    /// Begins to delete a facility with all its data, for good. Returns when that is marked in the database: from then on nobody can
    /// open it, and <see cref="FacilityDeletion"/> removes rows and files in the background, also after a restart.
    /// </summary>
    /// <param name="typedName">Must be the facility's name, as typed by whoever deletes it.</param>
    public async Task<Result> DeleteAsync(AdministratorScope actor, Guid facilityId, string? typedName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using (var database = databases.CreateAcrossFacilities())
        {
            var facility = await FindAsync(database, facilityId, cancellationToken);
            if (facility is null)
                return NotFound();
            if (FacilityValidator.NormalizeName(typedName) != facility.Name)
                return InvalidError.For(nameof(typedName), $"To delete it with all its studies, type the facility's name exactly: {facility.Name}");
        }

        return await ChangeStateAsync(actor, facilityId, FacilityState.Deleting, AuditAction.FacilityDeletionStarted,
            [FacilityState.Active, FacilityState.Suspended, FacilityState.Archived], cancellationToken);
    }

    private async Task<Result<Facility>?> TryCreateAsync(NoctisDbContext database, AdministratorScope actor, FacilityDraft draft, CancellationToken cancellationToken)
    {
        var errors = await validator.ValidateAsync(database, draft, null, cancellationToken);
        if (errors.Count > 0)
            return ToError(errors);

        var port = draft.Port is { } typed ? typed : await ports.ProposeAsync(database, cancellationToken);
        if (!port.IsSuccess)
            return port.Error;

        var now = time.GetUtcNow().UtcDateTime;
        var name = FacilityValidator.NormalizeName(draft.Name);
        var facility = new Facility
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Name = name,
            AETitle = draft.AETitle is null ? await ProposeAETitleAsync(database, name, cancellationToken) : AETitleRules.Normalize(draft.AETitle),
            Port = port.Value,
            CreatedUtc = now,
            ChangedUtc = now,
        };
        database.Add(facility);
        if (await database.Set<SettingsDefaultsRow>().AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } defaults)
            database.Add(new FacilitySettingsRow { FacilityId = facility.Id, Document = defaults.Document, ChangedUtc = now });
        audit.Add(database, AuditActor.Of(actor), AuditAction.FacilityCreated, facility.Id, facility.Id.ToString(), $"{facility.Name}, {facility.AETitle}, port {facility.Port}");
        try
        {
            await database.SaveChangesAsync(cancellationToken);
            return facility;
        }
        catch (DbUpdateException exception) when (database.IsUniqueViolation(exception))
        {
            return null;
        }
    }

    private async Task<Result> ChangeStateAsync(
        AdministratorScope actor, Guid facilityId, FacilityState to, string action, FacilityState[] from, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using var database = databases.CreateAcrossFacilities();
        var facility = await FindAsync(database, facilityId, cancellationToken);
        if (facility is null)
            return NotFound();
        if (facility.State == to)
            return Result.Success;
        if (!from.Contains(facility.State))
            return new ConflictError($"{facility.Name} is {Word(facility.State)}: it cannot become {Word(to)}. Resume it first.");

        facility.State = to;
        facility.ChangedUtc = time.GetUtcNow().UtcDateTime;
        facility.Version++;
        audit.Add(database, AuditActor.Of(actor), action, facility.Id, facility.Id.ToString(), facility.Name);
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Outdated();
        }

        changes.Announce(facility, action, actor);
        return Result.Success;
    }

    private static async Task<string> ProposeAETitleAsync(NoctisDbContext database, string? name, CancellationToken cancellationToken)
    {
        while (true)
        {
            var proposal = AETitleProposer.Propose(name);
            if (!await database.Facilities.AnyAsync(facility => facility.AETitle == proposal, cancellationToken))
                return proposal;
        }
    }

    // A facility that is being deleted is gone for everybody but the deletion.
    private static Task<Facility?> FindAsync(NoctisDbContext database, Guid id, CancellationToken cancellationToken) =>
        database.Facilities.FirstOrDefaultAsync(facility => facility.Id == id && facility.State != FacilityState.Deleting, cancellationToken);

    private static string Describe(FacilityIdentity identity) => $"{identity.Name}, {identity.AETitle}, port {identity.Port}";

    private static Error ToError(List<Error> errors) => errors is [var only] ? only : new InvalidFieldsError(errors);

    private static NotFoundError NotFound() => new("There is no such facility. It may have been deleted: look at the list of facilities.");

    private static ConflictError Outdated() => new("Somebody else changed this facility in the meantime. Look at its values now, and change them again.");

    private static string Word(FacilityState state) => state switch
    {
        FacilityState.Active => "active",
        FacilityState.Suspended => "suspended",
        FacilityState.Archived => "archived",
        _ => "being deleted",
    };
}
