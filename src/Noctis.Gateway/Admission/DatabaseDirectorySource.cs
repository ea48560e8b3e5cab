using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Noctis.Archive.Database;
using Noctis.Archive.Listeners;
using Noctis.Archive.Settings;

namespace Noctis.Gateway.Admission;

/// <summary>Reads the directory. For the supervisor's loop, which asks again when the last answer is there.</summary>
internal sealed class DatabaseDirectorySource(ICrossTenantDbContextFactory databases, ILogger<DatabaseDirectorySource> logger) : IFacilityDirectorySource
{
    private readonly Dictionary<Guid, (int Version, FacilitySettings Settings)> _settings = [];

    public async Task<FacilityDirectory> ReadAsync(CancellationToken cancellationToken)
    {
        await using var database = databases.CreateAcrossFacilities();
        var devices = await database.Devices.AsNoTracking()
            .Select(device => new { device.FacilityId, device.Id, device.AETitle, device.ExpectedAddress, device.IsActive })
            .ToListAsync(cancellationToken);
        var byFacility = devices.ToLookup(
            device => device.FacilityId,
            device => new GatewayDevice(device.Id, device.AETitle, device.ExpectedAddress, device.IsActive));

        var orders = await database.Set<ListenerOrder>().AsNoTracking()
            .ToDictionaryAsync(
                order => order.FacilityId,
                order => new GatewayOrder(order.Kind, order.Number, order.RequestedUtc, order.ActorName),
                cancellationToken);
        await RefreshSettingsAsync(database, cancellationToken);
        var facilities = await database.Facilities.AsNoTracking()
            .Select(facility => new { facility.Id, facility.Name, facility.AETitle, facility.Port, facility.State })
            .ToListAsync(cancellationToken);
        return new FacilityDirectory([.. facilities.Select(facility => new GatewayFacility(
            facility.Id, facility.Name, facility.AETitle, facility.Port, facility.State, [.. byFacility[facility.Id]])
        {
            Order = orders.GetValueOrDefault(facility.Id),
            Settings = _settings.TryGetValue(facility.Id, out var known) ? known.Settings : FacilitySettings.Default,
        })]);
    }

    /// <summary>Reads again only what changed: with a thousand facilities a look each second must cost next to nothing.</summary>
    private async Task RefreshSettingsAsync(NoctisDbContext database, CancellationToken cancellationToken)
    {
        var versions = await database.Set<FacilitySettingsRow>().AsNoTracking()
            .Select(row => new { row.FacilityId, row.Version })
            .ToDictionaryAsync(row => row.FacilityId, row => row.Version, cancellationToken);
        foreach (var gone in _settings.Keys.Where(id => !versions.ContainsKey(id)).ToArray())
            _settings.Remove(gone);

        var changed = versions.Where(pair => !_settings.TryGetValue(pair.Key, out var known) || known.Version != pair.Value).Select(pair => pair.Key).ToArray();
        foreach (var some in changed.Chunk(100))
        {
            var rows = await database.Set<FacilitySettingsRow>().AsNoTracking().Where(row => some.Contains(row.FacilityId)).ToListAsync(cancellationToken);
            foreach (var row in rows)
                _settings[row.FacilityId] = (row.Version, Read(row));
        }
    }

    private FacilitySettings Read(FacilitySettingsRow row)
    {
        try
        {
            return SettingsDocument.Read(row.Document);
        }
        catch (JsonException exception)
        {
            // Written by a later version, perhaps. What was in force stays so; what never was is strict.
            Log.SettingsUnreadable(logger, exception, row.FacilityId);
            return _settings.TryGetValue(row.FacilityId, out var known) ? known.Settings : FacilitySettings.Default;
        }
    }
}
