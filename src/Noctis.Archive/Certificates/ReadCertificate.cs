using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Noctis.Archive.Certificates;

/// <summary>A certificate as it was read: itself, those between it and its root, and its private key where it has one.</summary>
/// <param name="Certificate">The certificate, with its private key where there is one.</param>
/// <param name="Intermediates">Those between it and its root.</param>
/// <param name="PrivateKey">PKCS #8; null for an authority.</param>
public sealed record ReadCertificate(X509Certificate2 Certificate, IReadOnlyList<X509Certificate2> Intermediates, byte[]? PrivateKey)
{
    /// <summary>SHA-256, in hexadecimal digits.</summary>
    public string Thumbprint => Certificate.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>The certificate and the intermediates, without the key.</summary>
    public string ToPem() => string.Join('\n', Intermediates.Prepend(Certificate).Select(certificate => certificate.ExportCertificatePem())) + "\n";
}
