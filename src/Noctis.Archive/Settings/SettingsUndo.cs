using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Settings;

/// <summary>Takes one change of the history back, leaving alone what was changed beside it. The undoing is a change itself, and can be undone.</summary>
public sealed class SettingsUndo(
    INoctisDbContextFactory databases,
    FacilitySettingsQueries queries,
    FacilitySettingsCommands commands,
    StorageSettingsQueries storage,
    StorageSettingsCommands storageCommands,
    FacilityQueries facilities,
    FacilityCommands facilityCommands)
{
    public async Task<Result> UndoAsync(FacilityScope scope, long changeId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!scope.MayManage)
            return new ForbiddenError("Settings are changed by the facility's managers. Ask one of them.");
        await using var database = databases.CreateFor(scope);
        var change = await database.Set<SettingsChange>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == changeId, cancellationToken);
        if (change is null)
            return new NotFoundError("There is no such change. Look at the history again.");

        var origin = new SettingsOrigin(SettingsChangeCause.Undo, changeId);
        var differences = change.Differences;
        if (differences.Any(difference => difference.Section == FacilityIdentity.Section))
            return await UndoIdentityAsync(scope, differences, origin, cancellationToken);
        if (differences.Any(difference => difference.Section == SettingsHistory.StorageSection))
            return await UndoStorageAsync(scope, differences, origin, cancellationToken);

        var (settings, version) = await queries.GetAsync(scope, cancellationToken);
        var undone = TakeBack(SettingsDocument.Of(settings), differences);
        return undone.IsSuccess
            ? (await commands.SaveAsync(scope, SettingsDocument.Read(undone.Value), version, origin, cancellationToken)).WithoutValue()
            : undone.Error;
    }

    private async Task<Result> UndoStorageAsync(FacilityScope scope, IReadOnlyList<SettingDifference> differences, SettingsOrigin origin, CancellationToken cancellationToken)
    {
        var settings = await storage.GetAsync(scope, cancellationToken);
        var undone = TakeBack(SettingsDocument.Of(SettingsHistory.StorageSection, StorageSettingsDraft.Of(settings)), differences);
        if (!undone.IsSuccess)
            return undone.Error;
        var draft = SettingsDocument.Read<StorageSettingsDraft>(undone.Value, SettingsHistory.StorageSection);
        return (await storageCommands.SaveAsync(scope, draft, settings.Version, origin, cancellationToken)).WithoutValue();
    }

    private async Task<Result> UndoIdentityAsync(FacilityScope scope, IReadOnlyList<SettingDifference> differences, SettingsOrigin origin, CancellationToken cancellationToken)
    {
        if (!scope.IsAdministrator)
            return new ForbiddenError("Name, AE title and port are changed by administrators. Ask one.");
        var found = await facilities.GetAsync(scope, cancellationToken);
        if (!found.IsSuccess)
            return found.Error;
        var undone = TakeBack(SettingsDocument.Of(FacilityIdentity.Section, FacilityIdentity.Of(found.Value)), differences);
        if (!undone.IsSuccess)
            return undone.Error;
        var identity = SettingsDocument.Read<FacilityIdentity>(undone.Value, FacilityIdentity.Section);
        var actor = AdministratorScope.ForUser(Guid.Parse(scope.ActorId), scope.ActorName);
        return (await facilityCommands.UpdateAsync(
            actor, scope.FacilityId, new FacilityDraft(identity.Name, identity.AETitle, identity.Port), found.Value.Version, origin, cancellationToken)).WithoutValue();
    }

    private static Result<JsonObject> TakeBack(JsonObject current, IReadOnlyList<SettingDifference> differences)
    {
        foreach (var difference in differences)
        {
            if (SettingDifference.Write(current[difference.Section]?[difference.Name]) != difference.After)
                return new ConflictError($"{TitleOf(difference)} has been changed again since. Undo the later change first, or set it by hand.");
            current[difference.Section]![difference.Name] = difference.Before is { } before ? JsonNode.Parse(before) : null;
        }

        return current;
    }

    private static string TitleOf(SettingDifference difference) =>
        SettingsCatalog.All.FirstOrDefault(setting => setting.Section == difference.Section && setting.Name == difference.Name)?.Title ?? difference.Name;
}
