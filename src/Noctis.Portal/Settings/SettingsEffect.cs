using Noctis.Archive.Settings;

namespace Noctis.Portal.Settings;

/// <summary>When a change of settings takes effect, as it is said after saving.</summary>
internal static class SettingsEffect
{
    public static string Of(FacilitySettings before, FacilitySettings after)
    {
        var lines = SettingsWords.Between(before, after);
        if (before.Network.IsEnabled && !after.Network.IsEnabled)
            return "The port is closed within two seconds. Associations that run go on to their end.";
        if (!before.Network.IsEnabled && after.Network.IsEnabled)
            return "The port is opened within two seconds.";
        if (before.Network.BindAddress != after.Network.BindAddress)
            return $"The port is reopened on {after.Network.BindAddress ?? "the server's own address"} within two seconds. Associations that came in by the old one go on to their end.";
        if (before.Network.StartsAutomatically != after.Network.StartsAutomatically && lines.Count == 1)
            return "Applies when the server starts next.";
        return lines.All(line => line.Section == nameof(FacilitySettings.Logging))
            ? "Applies within two seconds to what happens from then on."
            : "Applies to new associations within two seconds; those running go on.";
    }
}
