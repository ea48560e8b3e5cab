using Noctis.Archive.Settings;

namespace Noctis.Portal.Settings;

/// <summary>
/// Every value of <see cref="FacilitySettings"/> that is a single one. The lists, which are networks, services, SOP classes and transfer
/// syntaxes, have forms of their own. A test compares them all with the catalog.
/// </summary>
internal static class SettingFields
{
    public static readonly SettingField BindAddress = Network(nameof(NetworkSettings.BindAddress), network => network.BindAddress, (network, value) => network with { BindAddress = value });
    public static readonly SettingField MaxAssociations = Network(nameof(NetworkSettings.MaxAssociations), network => network.MaxAssociations, (network, value) => network with { MaxAssociations = value });
    public static readonly SettingField MaxPduLength = Network(nameof(NetworkSettings.MaxPduLength), network => network.MaxPduLength, (network, value) => network with { MaxPduLength = value });
    public static readonly SettingField NetworkTimeout = Network(nameof(NetworkSettings.NetworkTimeoutSeconds), network => network.NetworkTimeoutSeconds, (network, value) => network with { NetworkTimeoutSeconds = value });
    public static readonly SettingField AcseTimeout = Network(nameof(NetworkSettings.AcseTimeoutSeconds), network => network.AcseTimeoutSeconds, (network, value) => network with { AcseTimeoutSeconds = value });
    public static readonly SettingField DimseTimeout = Network(nameof(NetworkSettings.DimseTimeoutSeconds), network => network.DimseTimeoutSeconds, (network, value) => network with { DimseTimeoutSeconds = value });
    public static readonly SettingField IdleTimeout = Network(nameof(NetworkSettings.IdleTimeoutSeconds), network => network.IdleTimeoutSeconds, (network, value) => network with { IdleTimeoutSeconds = value });
    public static readonly SettingField IsEnabled = Network(nameof(NetworkSettings.IsEnabled), network => network.IsEnabled, (network, value) => network with { IsEnabled = value });
    public static readonly SettingField StartsAutomatically = Network(nameof(NetworkSettings.StartsAutomatically), network => network.StartsAutomatically, (network, value) => network with { StartsAutomatically = value });

    public static readonly SettingField Tls = new ChoiceField<TlsMode>(
        Info(nameof(FacilitySettings.Network), nameof(NetworkSettings.Tls)),
        settings => settings.Network.Tls, (settings, value) => settings with { Network = settings.Network with { Tls = value } },
        [
            (TlsMode.Off, "Off", "Devices connect in the clear. Whoever can listen to the network can read what they send."),
            (TlsMode.On, "On", "The connection is encrypted, and devices can check that this is the right server. Those that connect in the clear are refused."),
            (TlsMode.ClientCertificates, "With client certificates", "Encrypted, and only for devices that present a certificate of their own that is trusted here."),
        ]);

    public static readonly SettingField ChecksCalledAETitle = Access(nameof(AccessSettings.ChecksCalledAETitle), access => access.ChecksCalledAETitle, (access, value) => access with { ChecksCalledAETitle = value });
    public static readonly SettingField ChecksCallingAETitle = Access(nameof(AccessSettings.ChecksCallingAETitle), access => access.ChecksCallingAETitle, (access, value) => access with { ChecksCallingAETitle = value });
    public static readonly SettingField IsCaseSensitive = Access(nameof(AccessSettings.IsCaseSensitive), access => access.IsCaseSensitive, (access, value) => access with { IsCaseSensitive = value });

    public static readonly SettingField UnknownDevices = new ChoiceField<UnknownDevices>(
        Info(nameof(FacilitySettings.Access), nameof(AccessSettings.UnknownDevices)),
        settings => settings.Access.UnknownDevices, (settings, value) => settings with { Access = settings.Access with { UnknownDevices = value } },
        [
            (Noctis.Archive.Settings.UnknownDevices.Refuse, "Refuse", "The association is rejected, and the device appears under Devices to be allowed with one click."),
            (Noctis.Archive.Settings.UnknownDevices.Quarantine, "Quarantine", "What it sends is stored apart, where only managers see it, until one of them releases or discards it."),
        ]);

    public static readonly SettingField QuarantineDays = Access(nameof(AccessSettings.QuarantineDays), access => access.QuarantineDays, (access, value) => access with { QuarantineDays = value });
    public static readonly SettingField QuarantineGigabytes = Access(nameof(AccessSettings.QuarantineGigabytes), access => access.QuarantineGigabytes, (access, value) => access with { QuarantineGigabytes = value });

    public static readonly SettingField Connections = Logging(nameof(LoggingSettings.Connections), logging => logging.Connections, (logging, value) => logging with { Connections = value });
    public static readonly SettingField Files = Logging(nameof(LoggingSettings.Files), logging => logging.Files, (logging, value) => logging with { Files = value });
    public static readonly SettingField KeepDays = Logging(nameof(LoggingSettings.KeepDays), logging => logging.KeepDays, (logging, value) => logging with { KeepDays = value });

    public static readonly SettingField Level = new ChoiceField<LoggingLevel>(
        Info(nameof(FacilitySettings.Logging), nameof(LoggingSettings.Level)),
        settings => settings.Logging.Level, (settings, value) => settings with { Logging = settings.Logging with { Level = value } },
        [
            (LoggingLevel.All, "All", "Everything that is switched on above."),
            (LoggingLevel.Problems, "Problems", "Only what did not end as it should: refusals, aborts and failures."),
        ]);

    public static readonly IReadOnlyList<SettingField> All =
    [
        IsEnabled, StartsAutomatically, BindAddress, MaxAssociations, MaxPduLength, NetworkTimeout, AcseTimeout, DimseTimeout, IdleTimeout, Tls,
        ChecksCalledAETitle, ChecksCallingAETitle, IsCaseSensitive, UnknownDevices, QuarantineDays, QuarantineGigabytes, Connections, Files, Level, KeepDays,
    ];

    private static SettingInfo Info(string section, string name) => SettingsCatalog.Find(section, name);

    private static SettingField<T> Network<T>(string name, Func<NetworkSettings, T> get, Func<NetworkSettings, T, NetworkSettings> set) =>
        new(Info(nameof(FacilitySettings.Network), name), settings => get(settings.Network), (settings, value) => settings with { Network = set(settings.Network, value) });

    private static SettingField<T> Access<T>(string name, Func<AccessSettings, T> get, Func<AccessSettings, T, AccessSettings> set) =>
        new(Info(nameof(FacilitySettings.Access), name), settings => get(settings.Access), (settings, value) => settings with { Access = set(settings.Access, value) });

    private static SettingField<T> Logging<T>(string name, Func<LoggingSettings, T> get, Func<LoggingSettings, T, LoggingSettings> set) =>
        new(Info(nameof(FacilitySettings.Logging), name), settings => get(settings.Logging), (settings, value) => settings with { Logging = set(settings.Logging, value) });
}
