namespace Noctis.Archive.Settings;

/// <summary>Who may associate. Strict is the default.</summary>
public sealed record AccessSettings
{
    /// <summary>The called AE title must be the facility's or the server's.</summary>
    public bool ChecksCalledAETitle { get; init; } = true;

    /// <summary>The calling AE title must be the facility's own or that of a registered device.</summary>
    public bool ChecksCallingAETitle { get; init; } = true;

    /// <summary>AE titles must match letter by letter, as DICOM has it (PS3.5 6.2); when not, upper and lower case count alike.</summary>
    public bool IsCaseSensitive { get; init; } = true;

    /// <summary>Networks that may call, in CIDR notation (192.0.2.0/24, 2001:db8::/32); none for all.</summary>
    public IReadOnlyList<string> AllowedNetworks { get; init; } = [];

    /// <summary>What happens to devices that are not registered, where the calling AE title is checked.</summary>
    public UnknownDevices UnknownDevices { get; init; }

    /// <summary>Days that what unknown devices sent waits to be released.</summary>
    public int QuarantineDays { get; init; } = 30;

    /// <summary>What unknown devices may fill, in GB of 1,000,000,000 bytes; of a quota never more than a tenth.</summary>
    public int QuarantineGigabytes { get; init; } = 10;
}
