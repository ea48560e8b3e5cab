using Noctis.Archive.Facilities;

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
    public bool IsActive => State == FacilityState.Active;
}
