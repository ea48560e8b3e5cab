using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;

namespace Noctis.Archive.Settings;

/// <summary>
/// Changes how a facility's front door behaves. For its managers; what touches the server that facilities share, for administrators alone.
/// Listeners follow within a second or two, and at once in this process.
/// </summary>
public sealed class FacilitySettingsCommands(
    INoctisDbContextFactory databases,
    ICrossTenantDbContextFactory acrossFacilities,
    SettingsHistory history,
    AuditTrail audit,
    FacilityChanges changes,
    TimeProvider time)
{
    /// <param name="scope">Whose settings, and who changes them.</param>
    /// <param name="settings">All of them.</param>
    /// <param name="version">The version that the change was made from; 0 where there were only defaults.</param>
    /// <param name="origin">Where the change comes from.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public async Task<Result<VersionedSettings>> SaveAsync(
        FacilityScope scope, FacilitySettings settings, int version, SettingsOrigin origin = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(settings);
        if (!scope.MayManage)
            return new ForbiddenError("Settings are changed by the facility's managers. Ask one of them.");
        var errors = FacilitySettingsRules.Validate(settings);
        if (errors.Count > 0)
            return ToError(errors);

        settings = Normalize(settings);
        await using var database = databases.CreateFor(scope);
        var row = await database.Set<FacilitySettingsRow>().SingleOrDefaultAsync(cancellationToken);
        if ((row?.Version ?? 0) != version)
            return Outdated();

        var before = SettingsDocument.Of(row is null ? FacilitySettings.Default : SettingsDocument.Read(row.Document));
        var after = SettingsDocument.Of(settings);
        var differences = SettingDifference.Between(before, after);
        if (differences.Count == 0)
            return new VersionedSettings(settings, version);
        if (!scope.IsAdministrator && differences.Select(difference => SettingsCatalog.Find(difference.Section, difference.Name)).FirstOrDefault(setting => setting.IsForAdministrators) is { } reserved)
        {
            return new ForbiddenError($"{reserved.Title} is set by an administrator, because facilities share the server. Ask one, and leave it as it is here.")
            { Field = $"{reserved.Section}.{reserved.Name}" };
        }

        if (row is null)
        {
            row = new FacilitySettingsRow { FacilityId = scope.FacilityId, Document = "", Version = 0 };
            database.Add(row);
        }

        row.Document = SettingsDocument.Write(settings);
        row.ChangedUtc = time.GetUtcNow().UtcDateTime;
        row.Version++;
        var summary = history.Add(database, AuditActor.Of(scope), scope.FacilityId, before, after, origin);
        audit.Add(database, AuditActor.Of(scope), AuditAction.SettingsChanged, scope.FacilityId, scope.FacilityId.ToString(), summary);
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
            return Outdated();
        }

        changes.Publish(scope.FacilityId);
        return new VersionedSettings(settings, row.Version);
    }

    /// <summary>Changes what is there at the moment, whoever changed it last: for one value set by itself, such as by a fix.</summary>
    public async Task<Result<VersionedSettings>> ChangeAsync(
        FacilityScope scope, Func<FacilitySettings, FacilitySettings> change, SettingsOrigin origin = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(change);
        const int rounds = 5;
        for (var round = 1; ; round++)
        {
            await using var database = databases.CreateFor(scope);
            var row = await database.Set<FacilitySettingsRow>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
            var current = row is null ? FacilitySettings.Default : SettingsDocument.Read(row.Document);
            var saved = await SaveAsync(scope, change(current), row?.Version ?? 0, origin, cancellationToken);
            if (saved.IsSuccess || saved.Error is not ConflictError || round == rounds)
                return saved;
        }
    }

    /// <summary>Sets what new facilities begin with; those that are there keep theirs.</summary>
    public async Task<Result<VersionedSettings>> SaveDefaultsAsync(
        AdministratorScope scope, FacilitySettings settings, int version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(settings);
        var errors = FacilitySettingsRules.Validate(settings);
        if (errors.Count > 0)
            return ToError(errors);

        settings = Normalize(settings);
        await using var database = acrossFacilities.CreateAcrossFacilities();
        var row = await database.Set<SettingsDefaultsRow>().SingleOrDefaultAsync(cancellationToken);
        if ((row?.Version ?? 0) != version)
            return Outdated();
        var differences = SettingDifference.Between(
            SettingsDocument.Of(row is null ? FacilitySettings.Default : SettingsDocument.Read(row.Document)), SettingsDocument.Of(settings));
        if (differences.Count == 0)
            return new VersionedSettings(settings, version);

        if (row is null)
        {
            row = new SettingsDefaultsRow { Document = "", Version = 0, ChangedBy = "" };
            database.Add(row);
        }

        row.Document = SettingsDocument.Write(settings);
        row.ChangedUtc = time.GetUtcNow().UtcDateTime;
        row.ChangedBy = scope.ActorName;
        row.Version++;
        audit.Add(database, AuditActor.Of(scope), AuditAction.SettingsDefaultsChanged, null, null, string.Join("; ", differences.Select(difference => difference.Text)));
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
            return Outdated();
        }

        return new VersionedSettings(settings, row.Version);
    }

    /// <summary>Settings in the form in which they are kept, so that the same settings are the same document.</summary>
    internal static FacilitySettings Normalize(FacilitySettings settings) => settings with
    {
        Network = settings.Network with { BindAddress = settings.Network.BindAddress is { } address ? System.Net.IPAddress.Parse(address).ToString() : null },
        Access = settings.Access with { AllowedNetworks = [.. settings.Access.AllowedNetworks.Select(network => FacilitySettingsRules.NormalizeNetwork(network)!).Distinct()] },
        Services = new ServiceSettings { Off = [.. settings.Services.Off.Distinct().Order(StringComparer.Ordinal)] },
        SopClasses = new SopClassSettings
        {
            OffGroups = [.. settings.SopClasses.OffGroups.Distinct().Order()],
            Exceptions = [.. settings.SopClasses.Exceptions.Distinct().Order(StringComparer.Ordinal)],
        },
        TransferSyntaxes = new TransferSyntaxSettings { Off = [.. settings.TransferSyntaxes.Off.Distinct().Order(StringComparer.Ordinal)] },
    };

    private static Error ToError(IReadOnlyList<Error> errors) => errors is [var only] ? only : new InvalidFieldsError(errors);

    private static ConflictError Outdated() => new("Somebody else changed these settings in the meantime. Look at their values now, and change them again.");
}
