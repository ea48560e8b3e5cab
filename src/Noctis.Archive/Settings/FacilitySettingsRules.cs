using System.Net;
using Noctis.Dicom.Data;

namespace Noctis.Archive.Settings;

/// <summary>Checks settings against their ranges, for forms as they are typed and for the commands.</summary>
public static class FacilitySettingsRules
{
    public const int MostNetworks = 100;

    /// <summary>What is wrong, each error with its field as "Network.MaxAssociations"; empty when the settings can be used.</summary>
    public static IReadOnlyList<Error> Validate(FacilitySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var errors = new List<Error>();
        CheckNetwork(settings.Network, errors);
        CheckAccess(settings.Access, errors);
        CheckClasses(settings, errors);
        const string logging = nameof(FacilitySettings.Logging);
        Known(settings.Logging.Level, logging, nameof(LoggingSettings.Level), errors);
        if (settings.Logging.KeepDays is { } days)
            InRange(days, logging, nameof(LoggingSettings.KeepDays), errors);
        return errors;
    }

    /// <summary>The network in its usual form: an address alone is a network of one, and bits beyond the prefix are dropped.</summary>
    /// <returns>Null when the text is no network.</returns>
    public static string? NormalizeNetwork(string? text)
    {
        var trimmed = (text ?? "").Trim();
        if (!trimmed.Contains('/', StringComparison.Ordinal))
            return IPAddress.TryParse(trimmed, out var single) && trimmed.AsSpan().IndexOfAny('.', ':') >= 0 ? $"{single}/{(IsIPv4(single) ? 32 : 128)}" : null;

        var parts = trimmed.Split('/');
        if (parts.Length != 2 || !IPAddress.TryParse(parts[0], out var address) || parts[0].AsSpan().IndexOfAny('.', ':') < 0
            || !int.TryParse(parts[1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var prefix)
            || prefix > (IsIPv4(address) ? 32 : 128))
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        for (var bit = prefix; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return $"{new IPAddress(bytes)}/{prefix}";
    }

    private static bool IsIPv4(IPAddress address) => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork;

    private static void CheckNetwork(NetworkSettings network, List<Error> errors)
    {
        const string section = nameof(FacilitySettings.Network);
        if (network.BindAddress is { } address && (!IPAddress.TryParse(address, out _) || address.AsSpan().IndexOfAny('.', ':') < 0))
            Add(errors, section, nameof(network.BindAddress), $"\"{address}\" is no IP address. Type one of this server's, such as 192.0.2.10, or leave it empty for the server's own setting.");
        InRange(network.MaxAssociations, section, nameof(network.MaxAssociations), errors);
        InRange(network.MaxPduLength, section, nameof(network.MaxPduLength), errors);
        InRange(network.NetworkTimeoutSeconds, section, nameof(network.NetworkTimeoutSeconds), errors);
        InRange(network.AcseTimeoutSeconds, section, nameof(network.AcseTimeoutSeconds), errors);
        InRange(network.DimseTimeoutSeconds, section, nameof(network.DimseTimeoutSeconds), errors);
        InRange(network.IdleTimeoutSeconds, section, nameof(network.IdleTimeoutSeconds), errors);
        Known(network.Tls, section, nameof(network.Tls), errors);
    }

    private static void CheckAccess(AccessSettings access, List<Error> errors)
    {
        const string section = nameof(FacilitySettings.Access);
        Known(access.UnknownDevices, section, nameof(access.UnknownDevices), errors);
        InRange(access.QuarantineDays, section, nameof(access.QuarantineDays), errors);
        InRange(access.QuarantineGigabytes, section, nameof(access.QuarantineGigabytes), errors);
        if (access.AllowedNetworks.Count > MostNetworks)
            Add(errors, section, nameof(access.AllowedNetworks), $"There can be at most {MostNetworks} networks; these are {access.AllowedNetworks.Count}. Join neighbouring ones to larger ones.");
        else if (access.AllowedNetworks.FirstOrDefault(network => NormalizeNetwork(network) is null) is { } wrong)
            Add(errors, section, nameof(access.AllowedNetworks), $"\"{wrong}\" is no network. Type an address and a prefix length, such as 192.0.2.0/24 or 2001:db8::/32, or a single address.");
    }

    private static void CheckClasses(FacilitySettings settings, List<Error> errors)
    {
        foreach (var group in settings.SopClasses.OffGroups)
            Known(group, nameof(FacilitySettings.SopClasses), nameof(SopClassSettings.OffGroups), errors);
        if (settings.SopClasses.Exceptions.FirstOrDefault(uid => !DicomUID.IsValid(uid)) is { } wrongClass)
            Add(errors, nameof(FacilitySettings.SopClasses), nameof(SopClassSettings.Exceptions), $"\"{wrongClass}\" is no UID: digits in groups parted by dots, at most 64 characters.");
        if (settings.TransferSyntaxes.Off.FirstOrDefault(uid => DicomTransferSyntax.Lookup(uid) is null) is { } wrongSyntax)
            Add(errors, nameof(FacilitySettings.TransferSyntaxes), nameof(TransferSyntaxSettings.Off), $"\"{wrongSyntax}\" is no transfer syntax of the standard.");
        else if (settings.TransferSyntaxes.Off.Any(TransferSyntaxGroups.IsRequired))
            Add(errors, nameof(FacilitySettings.TransferSyntaxes), nameof(TransferSyntaxSettings.Off), "Implicit VR Little Endian cannot be switched off: every DICOM application has to take it (PS3.5 10.1).");
    }

    private static void InRange(int value, string section, string name, List<Error> errors)
    {
        var setting = SettingsCatalog.Find(section, name);
        var (least, most) = setting.Limits!.Value;
        if (value < least || value > most)
            Add(errors, section, name, $"{setting.Title} is {setting.Range}; {value} is not.");
    }

    private static void Known<T>(T value, string section, string name, List<Error> errors)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
            Add(errors, section, name, $"Choose one of {string.Join(", ", Enum.GetNames<T>())}.");
    }

    private static void Add(List<Error> errors, string section, string name, string message) => errors.Add(InvalidError.For($"{section}.{name}", message));
}
