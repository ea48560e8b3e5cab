using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Noctis.Gateway.SelfTests;

/// <summary>
/// By which the self-test gets through the TLS of listeners that ask for a client's certificate: made anew at each start, and its key never
/// leaves this process. It opens the handshake alone; admission knows the self-test by its connection. Thread safe.
/// </summary>
internal sealed class SelfTestCertificate : IDisposable
{
    private readonly Lazy<X509Certificate2> _certificate = new(Make);

    public X509Certificate2 Value => _certificate.Value;

    public string Thumbprint => Value.GetCertHashString(HashAlgorithmName.SHA256);

    public void Dispose()
    {
        if (_certificate.IsValueCreated)
            _certificate.Value.Dispose();
    }

    private static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Noctis self-test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(20));
        // Windows takes keys that came with a file only.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
