using System.Net.Security;
using System.Security.Authentication;

namespace Noctis.Dicom.Network;

/// <summary>What a TLS handshake came to. Immutable.</summary>
/// <param name="Protocol">The version of TLS.</param>
/// <param name="CipherSuite">The cipher suite.</param>
/// <param name="PeerCertificate">The certificate that the peer presented and we took; null when it presented none.</param>
public sealed record TlsSession(SslProtocols Protocol, TlsCipherSuite CipherSuite, TlsPeerCertificate? PeerCertificate);
