using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Noctis.Dicom.Tests.Network.Harness;

/// <summary>An authority made for a test, and the certificates that it signs. Keys live as long as the test run.</summary>
internal sealed class TestAuthority
{
    public TestAuthority(string name = "Test authority")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddYears(2));
    }

    /// <summary>The authority that the tests trust.</summary>
    public static TestAuthority Trusted { get; } = new();

    /// <summary>For 127.0.0.1 and localhost, signed by <see cref="Trusted"/>.</summary>
    public static X509Certificate2 Server { get; } = Trusted.Issue("noctis-server");

    /// <summary>Of a device, signed by <see cref="Trusted"/>.</summary>
    public static X509Certificate2 Device { get; } = Trusted.Issue("CT scanner 1");

    /// <summary>Of a device, signed by an authority of the same name that nobody trusts.</summary>
    public static X509Certificate2 Stranger { get; } = new TestAuthority().Issue("CT scanner 1");

    public X509Certificate2 Certificate { get; }

    /// <summary>Signs a certificate for 127.0.0.1 and localhost, or for another name.</summary>
    public X509Certificate2 Issue(string commonName, string? onlyFor = null, DateTimeOffset? notAfter = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Sign(new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256), onlyFor, notAfter);
        using var withKey = signed.CopyWithPrivateKey(key);
        return Load(withKey);
    }

    /// <summary>The same with a key for RSA.</summary>
    public X509Certificate2 IssueRsa(string commonName)
    {
        using var key = RSA.Create(2048);
        using var signed = Sign(
            new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), null, null);
        using var withKey = signed.CopyWithPrivateKey(key);
        return Load(withKey);
    }

    /// <summary>Writes certificate and key where a tool can read them.</summary>
    public static (string Certificate, string Key) Save(string folder, string name, X509Certificate2 certificate)
    {
        var paths = (Path.Combine(folder, name + ".crt"), Path.Combine(folder, name + ".key"));
        File.WriteAllText(paths.Item1, certificate.ExportCertificatePem());
        if (certificate.GetECDsaPrivateKey() is { } key)
            File.WriteAllText(paths.Item2, key.ExportPkcs8PrivateKeyPem());
        return paths;
    }

    // Windows needs a key that it has loaded itself.
    private static X509Certificate2 Load(X509Certificate2 made) =>
        X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);

    private X509Certificate2 Sign(CertificateRequest request, string? onlyFor, DateTimeOffset? notAfter)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (onlyFor is null)
        {
            names.AddIpAddress(IPAddress.Loopback);
            names.AddDnsName("localhost");
        }
        else
        {
            names.AddDnsName(onlyFor);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        var end = notAfter ?? DateTimeOffset.UtcNow.AddDays(30);

        // By the authority's own key, whatever the kind of the one that is signed for.
        var generator = X509SignatureGenerator.CreateForECDsa(Certificate.GetECDsaPrivateKey()!);
        return request.Create(Certificate.SubjectName, generator, end.AddDays(-365), end, RandomNumberGenerator.GetBytes(8));
    }
}
