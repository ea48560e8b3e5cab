using System.Net.Security;
using System.Security.Authentication;

namespace Noctis.Dicom.Network;

/// <summary>What the TLS profiles of PS3.15 have in common here: BCP 195 (RFC 8996 and RFC 9325), annex B.12 and, narrower, B.13.</summary>
public static class DicomTls
{
    /// <summary>The port registered for DICOM over TLS (PS3.8 9.1.1).</summary>
    public const int RegisteredPort = 2762;

    /// <summary>TLS 1.2 and 1.3; what is older is out of use (RFC 8996).</summary>
    public const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>
    /// The cipher suites: ephemeral elliptic curve key exchange and authenticated encryption alone (RFC 9325 4.2; PS3.15 B.13).
    /// None with DHE, since PS3.15 forbids them where the length of the key cannot be set, as in .NET.
    /// </summary>
    public static IReadOnlyList<TlsCipherSuite> CipherSuites { get; } =
    [
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ];
}
