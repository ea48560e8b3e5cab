using System.Globalization;

namespace Noctis.Archive.Settings;

/// <summary>Every setting of <see cref="FacilitySettings"/> with its title, sentence, default and range: what forms show and rules check.</summary>
public static class SettingsCatalog
{
    private const string Network = nameof(FacilitySettings.Network);
    private const string Access = nameof(FacilitySettings.Access);
    private const string Logging = nameof(FacilitySettings.Logging);

    public static IReadOnlyList<SettingInfo> All { get; } =
    [
        new(Network, nameof(NetworkSettings.BindAddress), "Bind address",
            "The address of this server that the port is opened on.", "the server's (Dicom:BindAddress)", "an IPv4 or IPv6 address of this server, or empty") { IsForAdministrators = true },
        Number(Network, nameof(NetworkSettings.MaxAssociations), "Maximum associations",
            "How many associations can run at a time; the next is told to try again later.", 10, 1, 1000, "associations", isForAdministrators: true),
        Number(Network, nameof(NetworkSettings.MaxPduLength), "Maximum PDU length",
            "The largest block that a device may send at once; larger ones use more memory and are seldom faster.", 131_072, 4096, 1_048_576, "bytes", isForAdministrators: true),
        Number(Network, nameof(NetworkSettings.NetworkTimeoutSeconds), "Network time-out",
            "How long a device may take nothing of what it is sent, or leave a TLS handshake unfinished, before the connection is closed.", 30, 5, 300, "seconds"),
        Number(Network, nameof(NetworkSettings.AcseTimeoutSeconds), "ACSE time-out",
            "How long a connection may wait before it asks for an association, and after its last word.", 30, 5, 300, "seconds"),
        Number(Network, nameof(NetworkSettings.DimseTimeoutSeconds), "DIMSE time-out",
            "How long a device may stand still inside a message, or nearly so, before the association is aborted.", 30, 5, 300, "seconds"),
        Number(Network, nameof(NetworkSettings.IdleTimeoutSeconds), "Idle time-out",
            "How long an association may be silent between two messages; scanners keep one open while the next image is taken.", 300, 5, 3600, "seconds"),
        new(Network, nameof(NetworkSettings.Tls), "TLS",
            "Whether devices connect in the clear, with TLS, or with TLS and a certificate of their own.", "off", "off, on, or with client certificates"),
        Switch(Network, nameof(NetworkSettings.IsEnabled), "Enabled",
            "Whether the listener exists; when off, its port is closed until it is switched on again.", true),
        Switch(Network, nameof(NetworkSettings.StartsAutomatically), "Start automatically",
            "Whether the listener starts with the server; when off, it waits to be started by hand.", true),
        Switch(Access, nameof(AccessSettings.ChecksCalledAETitle), "Check the called AE title",
            "Devices must call the facility's AE title, or the server's.", true),
        Switch(Access, nameof(AccessSettings.ChecksCallingAETitle), "Check the calling AE title",
            "Devices must call themselves by the facility's AE title or by that of a registered device.", true),
        Switch(Access, nameof(AccessSettings.IsCaseSensitive), "Case-sensitive AE titles",
            "Upper and lower case must match letter by letter, as DICOM has it.", true),
        new(Access, nameof(AccessSettings.AllowedNetworks), "Allowed networks",
            "Only devices in these networks may call; with none, every address may.", "none: every address", "IPv4 and IPv6 networks such as 192.0.2.0/24 or 2001:db8::/32, at most 100"),
        new(Access, nameof(AccessSettings.UnknownDevices), "Unknown devices",
            "Whether a device that is not registered is refused, or its images are set apart for a manager to look at.", "refuse", "refuse or quarantine"),
        Number(Access, nameof(AccessSettings.QuarantineDays), "Days in quarantine",
            "How long images of devices that are not registered wait for a manager before they are discarded.", 30, 1, 365, "days"),
        Number(Access, nameof(AccessSettings.QuarantineGigabytes), "Size of quarantine",
            "How much devices that are not registered can send before they are refused; never more than a tenth of the quota.", 10, 1, 1000, "GB"),
        new(nameof(FacilitySettings.Services), nameof(ServiceSettings.Off), "Services",
            "What the listener does for devices.", "all on", "each on or off"),
        new(nameof(FacilitySettings.SopClasses), nameof(SopClassSettings.OffGroups), "SOP class groups",
            "Which kinds of objects are taken.", "all on", "each on or off"),
        new(nameof(FacilitySettings.SopClasses), nameof(SopClassSettings.Exceptions), "Single SOP classes",
            "Kinds of objects that are taken or refused unlike the rest of their group.", "none", "each on or off"),
        new(nameof(FacilitySettings.TransferSyntaxes), nameof(TransferSyntaxSettings.Off), "Transfer syntaxes",
            "In which encodings and compressions images are taken.", "all on", "each on or off, but for Implicit VR Little Endian, which every application must take"),
        Switch(Logging, nameof(LoggingSettings.Connections), "Connections",
            "Keep a row for each association that ended as it should.", true),
        Switch(Logging, nameof(LoggingSettings.Files), "Files",
            "Keep a row for each image stored and each echo answered.", true),
        new(Logging, nameof(LoggingSettings.Level), "Level",
            "Whether everything is kept or only what went wrong; refusals and failures are kept always.", "all", "all or problems"),
        new(Logging, nameof(LoggingSettings.KeepDays), "Days kept",
            "How many days back Activity goes; what is older is removed each night.", "the server's (Journal:KeepDays)", "1 to 3650 days, or empty") { Limits = (1, 3650), Unit = "days" },
    ];

    /// <exception cref="KeyNotFoundException">There is no such setting.</exception>
    public static SettingInfo Find(string section, string name) =>
        All.FirstOrDefault(setting => setting.Section == section && setting.Name == name) ?? throw new KeyNotFoundException($"{section}.{name} is no setting.");

    private static SettingInfo Number(string section, string name, string title, string sentence, int byDefault, int least, int most, string unit, bool isForAdministrators = false) =>
        new(section, name, title, sentence, Say(byDefault), $"{Say(least)} to {Say(most)} {unit}") { Limits = (least, most), Unit = unit, IsForAdministrators = isForAdministrators };

    private static SettingInfo Switch(string section, string name, string title, string sentence, bool byDefault) =>
        new(section, name, title, sentence, byDefault ? "on" : "off", "on or off");

    private static string Say(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
