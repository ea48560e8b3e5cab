using System.Net;

namespace Noctis.Dicom.Network;

/// <summary>The two ends of a connection. An IPv4 address that came over a dual-stack socket stands as IPv4.</summary>
/// <param name="RemoteEndPoint">The peer's end.</param>
/// <param name="LocalEndPoint">Our end.</param>
public sealed record AssociationPeer(IPEndPoint RemoteEndPoint, IPEndPoint LocalEndPoint)
{
    /// <summary>What TLS came to; null on a plain connection, and before the handshake is through.</summary>
    public TlsSession? Tls { get; init; }

    /// <summary>The connection is encrypted.</summary>
    public bool IsEncrypted => Tls is not null;
}
