using Noctis.Portal.Layout;

namespace Noctis.Portal.Settings;

/// <summary>A page of the settings: what its address ends with, its name and what it is about.</summary>
public sealed record SettingsGroup(string Path, string Title, string Icon, string About)
{
    /// <summary>The defaults for new facilities have it too.</summary>
    public bool IsOfDefaults { get; init; }

    /// <summary>Stands below the groups: not settings, but about them.</summary>
    public bool IsAside { get; init; }

    public static IReadOnlyList<SettingsGroup> All { get; } =
    [
        new("", "General", "facility", "How the facility is called and reached."),
        new("network", "Network", "connection", "Where and how patiently the listener listens.") { IsOfDefaults = true },
        new("access", "Access", "key", "Who may send.") { IsOfDefaults = true },
        new("tls", "TLS", "lock", "Whether connections are encrypted.") { IsOfDefaults = true },
        new("services", "Services", "nodes", "What devices can ask for.") { IsOfDefaults = true },
        new("sop-classes", "SOP classes", "studies", "Which kinds of objects are taken.") { IsOfDefaults = true },
        new("transfer-syntaxes", "Transfer syntaxes", "image", "In which encodings and compressions images are taken.") { IsOfDefaults = true },
        new("storage", "Storage", "storage", "How images are kept, and for how long."),
        new("logging", "Logging", "activity", "What Activity keeps.") { IsOfDefaults = true },
        new("history", "History", "audit", "Who changed what, and the way back.") { IsAside = true },
        new("copy", "Copy from another", "copy", "Take over what another facility has.") { IsAside = true },
    ];

    public static SettingsGroup? Find(string? path) => All.FirstOrDefault(group => group.Path == path);

    public string HrefIn(CurrentFacility? facility) =>
        facility is null ? $"/admin/defaults/{Path}" : facility.Href(Path.Length == 0 ? "settings" : $"settings/{Path}");
}
