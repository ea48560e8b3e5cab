using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;

namespace Noctis.Portal.Journal;

/// <summary>What a facility is like now: whether a refusal still stands, and what would end it, depends on that.</summary>
public sealed record FixFacts(IReadOnlyList<Device> Devices, FacilitySettings Settings)
{
    /// <summary>The device of a title, by the facility's rule on case, as the front door finds it: the same letters first.</summary>
    public Device? FindDevice(string title)
    {
        var trimmed = AETitleRules.Trim(title);
        var exact = Devices.FirstOrDefault(device => device.AETitle == trimmed);
        return exact is not null || Settings.Access.IsCaseSensitive
            ? exact
            : Devices.OrderByDescending(device => device.IsActive).FirstOrDefault(device => string.Equals(device.AETitle, trimmed, StringComparison.OrdinalIgnoreCase));
    }

    public static async Task<FixFacts> ReadAsync(FacilityScope scope, DeviceQueries devices, FacilitySettingsQueries settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentNullException.ThrowIfNull(settings);
        return new FixFacts(await devices.ListAsync(scope, cancellationToken), (await settings.GetAsync(scope, cancellationToken)).Settings);
    }
}
