using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;

namespace Noctis.Archive.Storage;

/// <summary>Says how a facility keeps its objects. For its managers; the quota, which is a share of everybody's disk, for administrators alone.</summary>
public sealed class StorageSettingsCommands(INoctisDbContextFactory contexts, SettingsHistory history, AuditTrail audit, FacilityChanges changes)
{
    /// <param name="scope">Whose settings, and who changes them.</param>
    /// <param name="draft">The values, all of them.</param>
    /// <param name="version">The <see cref="StorageSettings.Version"/> that the change was made from; 0 where there were only defaults.</param>
    /// <param name="ct">Cancels the command.</param>
    public Task<Result<StorageSettings>> SaveAsync(FacilityScope scope, StorageSettingsDraft draft, int version, CancellationToken ct) =>
        SaveAsync(scope, draft, version, default, ct);

    internal async Task<Result<StorageSettings>> SaveAsync(FacilityScope scope, StorageSettingsDraft draft, int version, SettingsOrigin origin, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(draft);
        if (!scope.MayManage) return new ForbiddenError("Storage is set up by the facility's managers. Ask one of them.");
        IReadOnlyList<Error> errors = StorageSettingsRules.Validate(draft);
        if (errors.Count > 0) return errors is [var only] ? only : new InvalidFieldsError(errors);

        await using NoctisDbContext context = contexts.CreateFor(scope);
        StorageSettings? settings = await context.Set<StorageSettings>().SingleOrDefaultAsync(ct);
        if ((settings?.Version ?? 0) != version) return Outdated();
        if (settings is null)
        {
            settings = new StorageSettings { FacilityId = scope.FacilityId, Version = 0 };
            context.Add(settings);
        }

        StorageSettingsDraft before = StorageSettingsDraft.Of(settings);
        if (draft.QuotaBytes != before.QuotaBytes && !scope.IsAdministrator)
        {
            return new ForbiddenError("The quota is set by an administrator, because facilities share the server's disk. Ask one, and leave it as it is here.")
            { Field = nameof(draft.QuotaBytes) };
        }

        if (before == draft) return settings;
        draft.ApplyTo(settings);
        settings.Version++;
        audit.Add(context, AuditActor.Of(scope), AuditAction.StorageSettingsChanged, scope.FacilityId, scope.FacilityId.ToString(), before.DifferenceTo(draft));
        history.Add(
            context, AuditActor.Of(scope), scope.FacilityId,
            SettingsDocument.Of(SettingsHistory.StorageSection, before), SettingsDocument.Of(SettingsHistory.StorageSection, draft), origin);
        try
        {
            await context.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Outdated();
        }
        catch (DbUpdateException e) when (context.IsUniqueViolation(e))
        {
            return Outdated();
        }

        changes.Publish(scope.FacilityId);
        return settings;
    }

    private static ConflictError Outdated() => new("Somebody else changed these settings in the meantime. Look at their values now, and change them again.");
}
