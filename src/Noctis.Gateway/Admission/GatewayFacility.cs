using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;

namespace Noctis.Gateway.Admission;

/// <summary>
/// A facility as the front door sees it. Unless it is active it has no listener, and its callers at the shared door are
/// refused with the reason.
/// </summary>
public sealed record GatewayFacility(
    Guid Id,
    string Name,
    string AETitle,
    int Port,
    FacilityState State,
    IReadOnlyList<GatewayDevice> Devices)
{
    /// <summary>How its front door behaves. The same object until the settings are changed, so that what is worked out from it can be kept with it.</summary>
    public FacilitySettings Settings { get; init; } = FacilitySettings.Default;

    /// <summary>The last order to its listener; null when there was none.</summary>
    public GatewayOrder? Order { get; init; }

    public bool IsActive => State == FacilityState.Active;
}
