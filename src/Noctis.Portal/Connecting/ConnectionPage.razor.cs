using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Noctis.Archive.Certificates;
using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Connecting;

/// <summary>
/// The facility's connection card: what has to be typed into a scanner, large enough to be read aloud over a telephone, with a QR
/// code and on one page of paper; and the steps for each system. Which system and firewall are open is in the address.
/// </summary>
public sealed partial class ConnectionPage(
    IOptions<FacilityAddressOptions> options, FacilitySettingsQueries settings, CertificateQueries certificates, FacilityChanges changes, NavigationManager navigation)
    : LivePage
{
    private readonly Dictionary<string, object> _stepParameters = [];
    private ConnectionValues _own = default!;
    private ConnectionValues? _shared;
    private NetworkSettings _network = new();
    private CertificateInfo? _certificate;
    private IReadOnlyList<string> _networks = [];
    private IReadOnlyList<string> _firewallLines = [];
    private string _idleMinutes = "";

    [Parameter]
    public Guid FacilityId { get; set; }

    [CascadingParameter]
    public CurrentFacility Facility { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "system")]
    public string? SystemKey { get; set; }

    [SupplyParameterFromQuery(Name = "firewall")]
    public string? FirewallKey { get; set; }

    private ScannerSystem Shown => ScannerSystem.Find(SystemKey);

    private Firewall ShownFirewall =>
        Enum.TryParse<Firewall>(FirewallKey, ignoreCase: true, out var firewall) && Enum.IsDefined(firewall) ? firewall : Firewall.Ufw;

    private string Text => _own.ToText(Facility.Name.Length <= 60 ? Facility.Name : Facility.Name[..60]);

    private string FirewallNote => ShownFirewall switch
    {
        Firewall.Iptables => "To keep it over a restart: sudo netfilter-persistent save.",
        Firewall.Nftables => "To keep it over a restart, put the rule into /etc/nftables.conf; table and chain may have other names there.",
        Firewall.Windows => "In a PowerShell that was started as administrator.",
        _ => "",
    } + (_networks.Count > 0 ? " The networks are those that may call, as set under Settings." : " Where the site's address is known, let in that alone.");

    private string ReachCommand => new CommandLine("nc", "-vz", _own.Host, _own.PortText).Posix;

    private string ReachCommandOfWindows => new CommandLine("Test-NetConnection", _own.Host, "-Port", _own.PortText).PowerShell;

    protected override void Follow() => Until(changes.Subscribe(facilityId =>
    {
        if (facilityId == FacilityId)
            RequestReload();
    }));

    protected override Task OnParametersSetAsync()
    {
        // At once with what is known, so that the card never waits; TLS follows from the settings.
        Show();
        return LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        var current = (await settings.GetAsync(Facility.Scope)).Settings;
        (_network, _networks) = (current.Network, current.Access.AllowedNetworks);
        // For the engineer who compares it with what the device shows, before it is told to trust it.
        _certificate = _network.Tls == TlsMode.Off ? null
            : (await certificates.ListAsync(Facility.Scope)).FirstOrDefault(certificate => certificate.Kind == CertificateKind.ServerCertificate);
        Show();
    }

    private void Show()
    {
        var browser = new Uri(navigation.Uri);
        _own = ConnectionValues.Own(Facility, options.Value, browser, _network.Tls);
        _shared = ConnectionValues.Shared(Facility, options.Value, browser);
        _stepParameters["Values"] = _own;
        _firewallLines = FirewallCommands.For(ShownFirewall, _own.Port, _networks);
        _idleMinutes = SizeText.Count((int)Math.Ceiling(_network.IdleTimeoutSeconds / 60d), "minute");
    }

    /// <summary>In groups, as devices and tools show it: "AB:CD:…".</summary>
    internal static string Fingerprint(string thumbprint) => string.Join(':', thumbprint.Chunk(2).Select(pair => new string(pair)));

    private static string KeyOf(Firewall firewall) => firewall.ToString().ToLowerInvariant();

    /// <summary>What is chosen already stays, and what is the first anyway is left out.</summary>
    private string Href(string? system, string? firewall)
    {
        var query = new[] { ("system", system), ("firewall", firewall) }
            .Where(pair => !string.IsNullOrEmpty(pair.Item2))
            .Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2!)}");
        return Facility.Href("connection") + (string.Join('&', query) is { Length: > 0 } text ? $"?{text}" : "");
    }
}
