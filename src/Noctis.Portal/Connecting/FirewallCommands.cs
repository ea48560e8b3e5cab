using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Noctis.Portal.Connecting;

/// <summary>Commands for this server's own firewall that let scanners in to a port: from everywhere, or from the networks that may call.</summary>
public static class FirewallCommands
{
    /// <summary>The name by which the firewall is known.</summary>
    public static string NameOf(Firewall firewall) => firewall switch
    {
        Firewall.Ufw => "ufw",
        Firewall.Firewalld => "firewalld",
        Firewall.Iptables => "iptables",
        Firewall.Nftables => "nftables",
        _ => "Windows",
    };

    /// <param name="firewall">Whose commands.</param>
    /// <param name="port">The port to open.</param>
    /// <param name="networks">In CIDR notation; none for every address.</param>
    /// <returns>A command a line.</returns>
    public static IReadOnlyList<string> For(Firewall firewall, int port, IReadOnlyList<string> networks)
    {
        ArgumentNullException.ThrowIfNull(networks);
        var text = port.ToString(CultureInfo.InvariantCulture);
        return firewall switch
        {
            Firewall.Ufw => networks.Count == 0
                ? [Posix("sudo", "ufw", "allow", $"{text}/tcp")]
                : [.. networks.Select(network => Posix("sudo", "ufw", "allow", "proto", "tcp", "from", network, "to", "any", "port", text))],
            Firewall.Firewalld => [.. Firewalld(text, networks), Posix("sudo", "firewall-cmd", "--reload")],
            Firewall.Iptables => networks.Count == 0
                ? [Iptables("iptables", text), Iptables("ip6tables", text)]
                : [.. networks.Select(network => Iptables(IsIPv6(network) ? "ip6tables" : "iptables", text, "-s", network))],
            Firewall.Nftables => networks.Count == 0
                ? [Nft($"tcp dport {text} accept")]
                : [.. networks.Select(network => Nft($"{(IsIPv6(network) ? "ip6" : "ip")} saddr {network} tcp dport {text} accept"))],
            _ => [Windows(text, networks)],
        };
    }

    private static IEnumerable<string> Firewalld(string port, IReadOnlyList<string> networks) => networks.Count == 0
        ? [Posix("sudo", "firewall-cmd", "--permanent", $"--add-port={port}/tcp")]
        : networks.Select(network => Posix(
            "sudo", "firewall-cmd", "--permanent",
            $"--add-rich-rule=rule family=\"{(IsIPv6(network) ? "ipv6" : "ipv4")}\" source address=\"{network}\" port port=\"{port}\" protocol=\"tcp\" accept"));

    private static string Iptables(string program, string port, params string[] source) =>
        Posix(["sudo", program, "-I", "INPUT", "-p", "tcp", .. source, "--dport", port, "-j", "ACCEPT"]);

    // The table and the chain of the file that distributions ship.
    private static string Nft(string rule) => Posix("sudo", "nft", $"insert rule inet filter input {rule}");

    private static string Windows(string port, IReadOnlyList<string> networks)
    {
        string[] words = ["New-NetFirewallRule", "-DisplayName", $"Noctis DICOM {port}", "-Direction", "Inbound", "-Protocol", "TCP", "-LocalPort", port, "-Action", "Allow"];
        var command = new CommandLine(words).PowerShell;
        // Commas make an array of words; inside quotes they would not.
        return networks.Count == 0 ? command : $"{command} -RemoteAddress {string.Join(',', networks.Select(network => new CommandLine(network).PowerShell))}";
    }

    private static string Posix(params string[] words) => new CommandLine(words).Posix;

    private static bool IsIPv6(string network) =>
        IPNetwork.TryParse(network, out var parsed) && parsed.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6;
}
