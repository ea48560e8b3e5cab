using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Noctis.Archive.Certificates;

/// <summary>Makes a certificate that nobody has signed, so that TLS can be tried at once: devices are given it to trust.</summary>
internal static class SelfSignedCertificate
{
    // RSA, since many a device in the field knows nothing else.
    private const int KeyBits = 2048;
    private const int Years = 2;

    public static ReadCertificate Make(string host, DateTime nowUtc)
    {
        using var key = RSA.Create(KeyBits);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(host.Length <= 64 ? host : host[..64]);
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));

        // A day back, for devices whose clocks are slow.
        using var made = request.CreateSelfSigned(new DateTimeOffset(nowUtc).AddDays(-1), new DateTimeOffset(nowUtc).AddYears(Years));
        var privateKey = key.ExportPkcs8PrivateKey();
        return CertificateReader.Assemble(made.ExportCertificatePem(), privateKey);
    }
}
