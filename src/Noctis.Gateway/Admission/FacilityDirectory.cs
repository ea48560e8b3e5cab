using System.Collections.Frozen;

namespace Noctis.Gateway.Admission;

/// <summary>
/// The facilities and their devices as the database had them at the last look: immutable, so that one decision never
/// sees half a change. Holds every facility that isn't deleted; suspended ones too, because their callers deserve a reason.
/// </summary>
public sealed class FacilityDirectory
{
    // By title without regard to case; whether case matters is each facility's own rule.
    private readonly FrozenDictionary<string, GatewayFacility[]> _byTitle;
    private readonly FrozenDictionary<string, GatewayFacility[]> _byDeviceTitle;
    private readonly FrozenDictionary<Guid, GatewayFacility> _byId;

    public FacilityDirectory(IReadOnlyList<GatewayFacility> facilities)
    {
        Facilities = facilities;
        _byId = facilities.ToFrozenDictionary(facility => facility.Id);
        _byTitle = facilities
            .GroupBy(facility => AETitle.Normalize(facility.AETitle), StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase);
        _byDeviceTitle = facilities
            .SelectMany(facility => facility.Devices, (facility, device) => (facility, Title: AETitle.Normalize(device.AETitle)))
            .GroupBy(pair => pair.Title, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(group => group.Key, group => group.Select(pair => pair.facility).Distinct().ToArray(), StringComparer.OrdinalIgnoreCase);
    }

    public static FacilityDirectory Empty { get; } = new([]);

    public IReadOnlyList<GatewayFacility> Facilities { get; }

    public GatewayFacility? Find(Guid facilityId) => _byId.GetValueOrDefault(facilityId);

    /// <summary>The facility of a title, by its own rule on case. Titles are unique in the database; were one not, nobody could be told which is meant.</summary>
    public GatewayFacility? FindByAETitle(string title) => Only(Like(_byTitle, title).Where(facility => facility.IsSameTitle(facility.AETitle, title)));

    /// <summary>The facilities in which a device of this title is registered, active or not, by each facility's own rule on case.</summary>
    public IReadOnlyList<GatewayFacility> FindByDevice(string title) =>
        [.. Like(_byDeviceTitle, title).Where(facility => facility.FindDevice(title) is not null)];

    /// <summary>Whose title was meant, case aside: to explain a refusal, never to admit by.</summary>
    public GatewayFacility? FindMeant(string title) => Only(Like(_byTitle, title));

    /// <summary>Where a device is registered whose title was meant, case aside: to explain a refusal, never to admit by.</summary>
    public IReadOnlyList<GatewayFacility> FindDeviceMeant(string title) => Like(_byDeviceTitle, title);

    private static GatewayFacility[] Like(FrozenDictionary<string, GatewayFacility[]> lookup, string title) =>
        lookup.GetValueOrDefault(AETitle.Normalize(title)) ?? [];

    private static GatewayFacility? Only(IEnumerable<GatewayFacility> facilities) => facilities.Take(2).ToArray() is [var only] ? only : null;
}
