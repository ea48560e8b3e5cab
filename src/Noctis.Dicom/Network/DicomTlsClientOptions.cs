using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Noctis.Dicom.Network;

/// <summary>
/// TLS as a <see cref="DicomClient"/> asks for it (PS3.15 B.12). Immutable; its delegate must be thread safe. As it comes out of the
/// box it trusts the system's authorities, and insists on the server's name. The certificates stay the caller's.
/// </summary>
public sealed record DicomTlsClientOptions
{
    /// <summary>The name that the server's certificate has to be made out to; null for <see cref="DicomClientOptions.Host"/>.</summary>
    public string? ServerName { get; init; }

    /// <summary>
    /// Who may have signed the server's certificate: authorities, or the server's certificate itself. Empty for those that the system
    /// trusts.
    /// </summary>
    public IReadOnlyList<X509Certificate2> TrustAnchors { get; init; } = [];

    /// <summary>Decides in place of name and <see cref="TrustAnchors"/>; is handed what those make of the certificate, and has the last word.</summary>
    public RemoteCertificateValidationCallback? ValidateServerCertificate { get; init; }

    /// <summary>Our certificate, with its private key, for servers that ask for one; null for none.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Certificates between our own and its root.</summary>
    public IReadOnlyList<X509Certificate2> Intermediates { get; init; } = [];

    /// <summary>How to find out whether the server's certificate is revoked. Default: not at all.</summary>
    public X509RevocationMode RevocationMode { get; init; } = X509RevocationMode.NoCheck;

    /// <summary>The versions of TLS: 1.2, 1.3 or both. Default: both, 1.3 preferred.</summary>
    public SslProtocols Protocols { get; init; } = DicomTls.Protocols;

    /// <summary>
    /// The cipher suites; null leaves them to the system. Default: <see cref="DicomTls.CipherSuites"/>. Windows keeps a policy of its
    /// own, and there this is not used.
    /// </summary>
    public IReadOnlyList<TlsCipherSuite>? CipherSuites { get; init; } = DicomTls.CipherSuites;

    internal void Validate()
    {
        if (Certificate is { HasPrivateKey: false })
            throw new ArgumentException("The client's certificate has no private key.", nameof(Certificate));
        if (Protocols == SslProtocols.None || (Protocols & ~DicomTls.Protocols) != 0)
            throw new ArgumentOutOfRangeException(nameof(Protocols), Protocols, "DICOM is spoken over TLS 1.2 and 1.3.");
        if (CipherSuites is { Count: 0 })
            throw new ArgumentException("Without a cipher suite there is no TLS.", nameof(CipherSuites));
    }
}
