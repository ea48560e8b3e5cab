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

    /// <summary>Whether two titles are one here: by the letter, or upper and lower case alike.</summary>
    public bool IsSameTitle(string first, string second) => Admission.AETitle.Same(first, second, Settings.Access.IsCaseSensitive);

    /// <summary>
    /// The device of a title. Where case is no matter here and two devices differ in nothing else, the one that is spelt as called is meant,
    /// and else one that is switched on.
    /// </summary>
    public GatewayDevice? FindDevice(string title)
    {
        GatewayDevice? best = null;
        foreach (var device in Devices)
        {
            if (IsSameTitle(device.AETitle, title) && (best is null || Rank(device) > Rank(best)))
                best = device;
        }

        return best;

        int Rank(GatewayDevice device) => (Admission.AETitle.Same(device.AETitle, title) ? 2 : 0) + (device.IsActive ? 1 : 0);
    }
}
