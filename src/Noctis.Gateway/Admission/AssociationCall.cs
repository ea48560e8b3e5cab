using System.Net;

namespace Noctis.Gateway.Admission;

/// <summary>Who calls whom, and from where: all that admission knows of a caller. Titles are as sent.</summary>
public sealed record AssociationCall(string CallingAETitle, string CalledAETitle, IPAddress RemoteAddress)
{
    /// <summary>The address as people write it: IPv4 callers of a dual-stack socket lose their ::ffff: prefix.</summary>
    public IPAddress Address { get; } = Plain(RemoteAddress);

    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
