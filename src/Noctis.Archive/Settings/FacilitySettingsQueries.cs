using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.Settings;

/// <summary>Reads settings and their history. Thread safe.</summary>
public sealed class FacilitySettingsQueries(INoctisDbContextFactory databases, ICrossTenantDbContextFactory acrossFacilities)
{
    private const int MaxPageSize = 200;

    public async Task<VersionedSettings> GetAsync(FacilityScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = databases.CreateFor(scope);
        var row = await database.Set<FacilitySettingsRow>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return row is null ? new VersionedSettings(FacilitySettings.Default, 0) : new VersionedSettings(SettingsDocument.Read(row.Document), row.Version);
    }

    /// <summary>Those of some facilities, by facility.</summary>
    public async Task<IReadOnlyDictionary<Guid, FacilitySettings>> ListAsync(AdministratorScope scope, IReadOnlyCollection<Guid> facilities, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(facilities);
        if (facilities.Count == 0)
            return new Dictionary<Guid, FacilitySettings>();
        await using var database = acrossFacilities.CreateAcrossFacilities();
        var documents = await database.Set<FacilitySettingsRow>().AsNoTracking().Where(row => facilities.Contains(row.FacilityId))
            .ToDictionaryAsync(row => row.FacilityId, row => row.Document, cancellationToken);
        return facilities.Distinct().ToDictionary(id => id, id => documents.TryGetValue(id, out var document) ? SettingsDocument.Read(document) : FacilitySettings.Default);
    }

    /// <summary>What new facilities begin with.</summary>
    public async Task<VersionedSettings> GetDefaultsAsync(AdministratorScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = acrossFacilities.CreateAcrossFacilities();
        var row = await database.Set<SettingsDefaultsRow>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return row is null ? new VersionedSettings(FacilitySettings.Default, 0) : new VersionedSettings(SettingsDocument.Read(row.Document), row.Version);
    }

    /// <summary>The facility's changes, newest first.</summary>
    /// <param name="scope">Whose changes.</param>
    /// <param name="before">Only those before the change of this id; null for the newest.</param>
    /// <param name="take">How many, at most 200.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<IReadOnlyList<SettingsChange>> HistoryAsync(FacilityScope scope, long? before = null, int take = 50, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = databases.CreateFor(scope);
        var changes = database.Set<SettingsChange>().AsNoTracking();
        if (before is { } id)
            changes = changes.Where(change => change.Id < id);
        return await changes.OrderByDescending(change => change.Id).Take(Math.Clamp(take, 1, MaxPageSize)).ToListAsync(cancellationToken);
    }
}
