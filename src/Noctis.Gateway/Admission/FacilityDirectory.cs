using System.Collections.Frozen;

namespace Noctis.Gateway.Admission;

/// <summary>
/// The facilities and their devices as the database had them at the last look: immutable, so that one decision never
/// sees half a change. Holds every facility that isn't deleted; suspended ones too, because their callers deserve a reason.
/// </summary>
public sealed class FacilityDirectory
{
    private readonly FrozenDictionary<Guid, GatewayFacility> _byId;
    private readonly FrozenDictionary<string, GatewayFacility> _byTitle;
    private readonly FrozenDictionary<string, GatewayFacility[]> _byDeviceTitle;

    public FacilityDirectory(IReadOnlyList<GatewayFacility> facilities)
    {
        Facilities = facilities;
        _byId = facilities.ToFrozenDictionary(facility => facility.Id);
        // A facility's title is unique in the database; were it not, no caller could be told which one it means.
        _byTitle = facilities
            .GroupBy(facility => AETitle.Normalize(facility.AETitle), StringComparer.Ordinal)
            .Where(group => group.Count() == 1)
            .ToFrozenDictionary(group => group.Key, group => group.Single(), StringComparer.Ordinal);
        _byDeviceTitle = facilities
            .SelectMany(facility => facility.Devices, (facility, device) => (facility, Title: AETitle.Normalize(device.AETitle)))
            .GroupBy(pair => pair.Title, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.Select(pair => pair.facility).Distinct().ToArray(), StringComparer.Ordinal);
    }

    public static FacilityDirectory Empty { get; } = new([]);

    public IReadOnlyList<GatewayFacility> Facilities { get; }

    public GatewayFacility? Find(Guid facilityId) => _byId.GetValueOrDefault(facilityId);

    public GatewayFacility? FindByAETitle(string title) => _byTitle.GetValueOrDefault(AETitle.Normalize(title));

    /// <summary>The facilities in which a device of this title is registered, active or not.</summary>
    public IReadOnlyList<GatewayFacility> FindByDevice(string title) =>
        _byDeviceTitle.GetValueOrDefault(AETitle.Normalize(title)) ?? [];
}
