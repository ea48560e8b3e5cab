using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Noctis.Dicom.Network;

/// <summary>
/// TLS as a <see cref="DicomListener"/> offers it (PS3.15 B.12). Immutable; its delegates must be thread safe. The certificates stay
/// the caller's, and must not be disposed of while a connection may still begin.
/// </summary>
public sealed record DicomTlsServerOptions
{
    /// <summary>The server's certificate, with its private key; null when <see cref="SelectCertificate"/> gives it.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>
    /// Gives the certificate for each connection anew, so that a renewed one is used without a restart. Must be quick: answer the same
    /// object until there is another. An exception, or null, closes the connection and is logged as our own error.
    /// </summary>
    public Func<X509Certificate2?>? SelectCertificate { get; init; }

    /// <summary>Certificates between the server's own and its root, sent along so that clients find the way.</summary>
    public IReadOnlyList<X509Certificate2> Intermediates { get; init; } = [];

    /// <summary>Whether clients have to present a certificate. Default: <see cref="TlsClientCertificates.None"/>.</summary>
    public TlsClientCertificates ClientCertificates { get; init; }

    /// <summary>
    /// Who may have signed a client's certificate: authorities, or the certificates of the devices themselves. The system's own
    /// authorities sign for the whole world and are not asked.
    /// </summary>
    public IReadOnlyList<X509Certificate2> TrustAnchors { get; init; } = [];

    /// <summary>
    /// Decides in place of <see cref="TrustAnchors"/>; is handed what those make of the certificate, and has the last word. Called
    /// without a certificate too, when a client presents none and one is required.
    /// </summary>
    public RemoteCertificateValidationCallback? ValidateClientCertificate { get; init; }

    /// <summary>
    /// How to find out whether a client's certificate is revoked. Default: not at all, since most hospital authorities publish no
    /// list; online it costs a wait for the authority's server at the first handshake.
    /// </summary>
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
        if ((Certificate is null) == (SelectCertificate is null))
            throw new ArgumentException("TLS takes either a certificate or a way to select one.", nameof(Certificate));
        if (Certificate is { HasPrivateKey: false })
            throw new ArgumentException("The server's certificate has no private key.", nameof(Certificate));
        if (Protocols == SslProtocols.None || (Protocols & ~DicomTls.Protocols) != 0)
            throw new ArgumentOutOfRangeException(nameof(Protocols), Protocols, "DICOM is spoken over TLS 1.2 and 1.3.");
        if (CipherSuites is { Count: 0 })
            throw new ArgumentException("Without a cipher suite there is no TLS.", nameof(CipherSuites));
        if (ClientCertificates != TlsClientCertificates.None && TrustAnchors.Count == 0 && ValidateClientCertificate is null)
            throw new ArgumentException("Client certificates are asked for, but nobody is trusted to sign them.", nameof(TrustAnchors));
    }
}
