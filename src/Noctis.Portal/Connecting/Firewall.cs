namespace Noctis.Portal.Connecting;

/// <summary>The firewalls that commands are written for.</summary>
public enum Firewall
{
    Ufw,
    Firewalld,
    Iptables,
    Nftables,
    Windows,
}
