using System.Globalization;
using System.Net;
using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Connecting;

/// <summary>What has to be typed into a scanner so that it reaches one facility.</summary>
/// <param name="Host">The name or address of this server as the scanner sees it.</param>
/// <param name="Port">The facility's own port, or the shared one.</param>
/// <param name="CalledAETitle">What the scanner calls.</param>
/// <param name="CallingAETitle">What the scanner may call itself without being registered.</param>
/// <param name="Tls">Whether the port speaks TLS.</param>
public sealed record ConnectionValues(string Host, int Port, string CalledAETitle, string CallingAETitle, TlsMode Tls = TlsMode.Off)
{
    public string PortText => Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>"no", "yes", "yes, with a certificate of the device's own"</summary>
    public string TlsText => Tls switch
    {
        TlsMode.Off => "no",
        TlsMode.On => "yes",
        _ => "yes, with a certificate of the device's own",
    };

    /// <summary>Whether the host leads back to the machine it is typed into, so that no scanner elsewhere gets anywhere with it.</summary>
    public bool IsLoopback => string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    public static ConnectionValues Own(CurrentFacility facility, FacilityAddressOptions options, Uri browser, TlsMode tls = TlsMode.Off)
    {
        ArgumentNullException.ThrowIfNull(facility);
        return new ConnectionValues(HostOf(options, browser), facility.Port, facility.AETitle, facility.AETitle, tls);
    }

    /// <summary>By the port that all facilities share, where callers are told apart by their calling AE title; null when it is off. It speaks no TLS.</summary>
    public static ConnectionValues? Shared(CurrentFacility facility, FacilityAddressOptions options, Uri browser)
    {
        ArgumentNullException.ThrowIfNull(facility);
        ArgumentNullException.ThrowIfNull(options);
        return options.SharedPort == 0 ? null : new ConnectionValues(HostOf(options, browser), options.SharedPort, options.ServerAETitle, facility.AETitle);
    }

    /// <summary>All values, a line each, as a phone shows what it has read and a message carries it.</summary>
    /// <param name="facility">The facility's name, to tell one card from another.</param>
    public string ToText(string facility) => string.Join('\n',
        facility,
        $"Host: {Host}",
        $"Port: {PortText}",
        $"Called AE title: {CalledAETitle}",
        $"Calling AE title: {CallingAETitle}",
        $"TLS: {TlsText}");

    // Who reads the page has reached this server by the browser's address: without a setting it is the best there is.
    private static string HostOf(FacilityAddressOptions options, Uri browser)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(browser);
        return options.PublicHost.Trim() is { Length: > 0 } host ? host : browser.DnsSafeHost;
    }
}
