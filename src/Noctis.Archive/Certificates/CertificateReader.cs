using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Noctis.Archive.Certificates;

/// <summary>Reads certificates as people have them, PEM, DER or PFX, and says in plain words what is wrong with one. Stateless.</summary>
public static class CertificateReader
{
    /// <summary>More than any chain takes: a file that is longer is something else.</summary>
    public const int MaxLength = 256 * 1024;

    /// <summary>The least for RSA (RFC 9325 4.5).</summary>
    private const int LeastRsaBits = 2048;
    private const int LeastEcBits = 256;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>A listener's certificate, with its private key.</summary>
    /// <param name="certificate">PEM with the chain and perhaps the key, or PFX.</param>
    /// <param name="key">The private key as PEM, where it is in a file of its own.</param>
    /// <param name="password">Of the PFX or of the key; null for none.</param>
    /// <param name="nowUtc">The time at which it must be valid.</param>
    public static Result<ReadCertificate> ReadServer(byte[] certificate, byte[]? key, string? password, DateTime nowUtc)
    {
        var read = ReadServer(certificate, key, password);
        return read.TryGetValue(out var found) && (FindTimeFault(found.Certificate, nowUtc) ?? FindServerFault(found.Certificate)) is { } fault ? fault : read;
    }

    /// <summary>As <see cref="ReadServer(byte[], byte[], string, DateTime)"/>, whatever the time: for one that is in use already.</summary>
    public static Result<ReadCertificate> ReadServer(byte[] certificate, byte[]? key, string? password)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (certificate.Length is 0 or > MaxLength || key?.Length > MaxLength)
            return NotACertificate();
        try
        {
            return IsPem(certificate) ? ReadPem(Encoding.UTF8.GetString(certificate), key, password) : ReadBinary(certificate, password);
        }
        catch (CryptographicException)
        {
            return NotACertificate();
        }
    }

    /// <summary>An authority that signs devices' certificates, or a device's own certificate.</summary>
    public static Result<IReadOnlyList<ReadCertificate>> ReadAuthorities(byte[] content, DateTime nowUtc)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (content.Length is 0 or > MaxLength)
            return NotACertificate();
        try
        {
            var found = new X509Certificate2Collection();
            if (IsPem(content))
                found.ImportFromPem(Encoding.UTF8.GetString(content));
            else
                found.Add(X509CertificateLoader.LoadCertificate(content));
            if (found.Count == 0)
                return NotACertificate();
            if (found.Select(one => FindTimeFault(one, nowUtc) ?? FindKeyFault(one)).FirstOrDefault(fault => fault is not null) is { } wrong)
                return wrong;
            return found.Select(one => new ReadCertificate(one, [], null)).ToArray();
        }
        catch (CryptographicException)
        {
            return NotACertificate();
        }
    }

    /// <summary>A certificate as it is kept, with its key: in the form in which every system's TLS takes it.</summary>
    /// <exception cref="CryptographicException">They don't belong together.</exception>
    public static ReadCertificate Assemble(string pem, byte[]? privateKey)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(pem);
        return privateKey is null
            ? new ReadCertificate(all[0], [.. all.Skip(1)], null)
            : new ReadCertificate(Join(all[0], privateKey), [.. all.Skip(1)], privateKey);
    }

    internal static InvalidError? FindTimeFault(X509Certificate2 certificate, DateTime nowUtc)
    {
        var (from, to) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        if (nowUtc > to)
            return Invalid($"The certificate expired on {to:yyyy-MM-dd}. Upload a renewed one.");
        return nowUtc < from ? Invalid($"The certificate is not valid before {from:yyyy-MM-dd HH:mm} UTC. Look at the clock of this server, or wait until then.") : null;
    }

    private static InvalidError? FindServerFault(X509Certificate2 certificate)
    {
        var usages = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault();
        if (usages is not null && !usages.EnhancedKeyUsages.Cast<Oid>().Any(usage => usage.Value == ServerAuthentication))
            return Invalid("The certificate is not made out for servers (extended key usage serverAuth is missing). Ask for a server certificate.");
        return FindKeyFault(certificate);
    }

    private static InvalidError? FindKeyFault(X509Certificate2 certificate)
    {
        if (certificate.GetRSAPublicKey() is { } rsa)
            return rsa.KeySize < LeastRsaBits ? Invalid($"The key is too weak: RSA with {rsa.KeySize} bits. At least {LeastRsaBits} are needed; make a new key and certificate.") : null;
        if (certificate.GetECDsaPublicKey() is { } ec)
            return ec.KeySize < LeastEcBits ? Invalid($"The key is too weak: an elliptic curve with {ec.KeySize} bits. At least {LeastEcBits} are needed; make a new key and certificate.") : null;
        return Invalid("The key is of a kind that TLS does not take here. Use RSA or an elliptic curve.");
    }

    private static Result<ReadCertificate> ReadPem(string text, byte[]? keyFile, string? password)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(text);
        if (all.Count == 0)
            return text.Contains("PRIVATE KEY", StringComparison.Ordinal) ? Invalid("The file holds a private key and no certificate. Choose the certificate, and the key beside it.") : NotACertificate();
        var keyText = keyFile is null ? text : Encoding.UTF8.GetString(keyFile);
        if (!keyText.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            return NoKey();

        // The own certificate is mostly the first, but some authorities put it last.
        var isEncrypted = keyText.Contains("ENCRYPTED", StringComparison.Ordinal);
        if (isEncrypted && string.IsNullOrEmpty(password))
            return Invalid("The private key is encrypted. Type its password.") with { Field = "Password" };
        foreach (var one in all)
        {
            if (TryJoin(one, keyText, isEncrypted ? password : null, out var key))
                return new ReadCertificate(Join(one, key), [.. all.Where(other => other != one)], key);
        }

        return isEncrypted && !CanDecrypt(keyText, password)
            ? WrongPassword()
            : Invalid("The private key does not belong to the certificate. Choose the key that the certificate was made for.");
    }

    private static Result<ReadCertificate> ReadBinary(byte[] content, string? password)
    {
        if (X509Certificate2.GetCertContentType(content) == X509ContentType.Cert)
            return NoKey();
        X509Certificate2Collection all;
        try
        {
            all = X509CertificateLoader.LoadPkcs12Collection(content, password, X509KeyStorageFlags.Exportable);
        }
        catch (CryptographicException exception) when (IsPasswordFault(exception))
        {
            return WrongPassword();
        }

        var own = all.FirstOrDefault(one => one.HasPrivateKey);
        if (own is null)
            return all.Count == 0 ? NotACertificate() : NoKey();
        var key = ((AsymmetricAlgorithm?)own.GetRSAPrivateKey() ?? own.GetECDsaPrivateKey())?.ExportPkcs8PrivateKey();
        return key is null
            ? Invalid("The key is of a kind that TLS does not take here. Use RSA or an elliptic curve.")
            : new ReadCertificate(own, [.. all.Where(other => other != own)], key);
    }

    private static bool TryJoin(X509Certificate2 certificate, string keyText, string? password, [NotNullWhen(true)] out byte[]? key)
    {
        key = null;
        try
        {
            using var joined = password is null
                ? X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), keyText)
                : X509Certificate2.CreateFromEncryptedPem(certificate.ExportCertificatePem(), keyText, password);
            key = ((AsymmetricAlgorithm?)joined.GetRSAPrivateKey() ?? joined.GetECDsaPrivateKey())?.ExportPkcs8PrivateKey();
            return key is not null;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static bool CanDecrypt(string keyText, string? password)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromEncryptedPem(keyText, password);
            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return IsOfAnEllipticCurve(keyText, password);
        }
    }

    private static bool IsOfAnEllipticCurve(string keyText, string? password)
    {
        try
        {
            using var ec = ECDsa.Create();
            ec.ImportFromEncryptedPem(keyText, password);
            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    // Windows needs a key that it has loaded itself.
    private static X509Certificate2 Join(X509Certificate2 certificate, byte[] privateKey)
    {
        using var withKey = certificate.GetRSAPublicKey() is not null ? JoinRsa(certificate, privateKey) : JoinEc(certificate, privateKey);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }

    private static X509Certificate2 JoinRsa(X509Certificate2 certificate, byte[] privateKey)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(privateKey, out _);
        return certificate.CopyWithPrivateKey(rsa);
    }

    private static X509Certificate2 JoinEc(X509Certificate2 certificate, byte[] privateKey)
    {
        using var ec = ECDsa.Create();
        ec.ImportPkcs8PrivateKey(privateKey, out _);
        return certificate.CopyWithPrivateKey(ec);
    }

    private static bool IsPem(byte[] content) => content.AsSpan().IndexOf("-----BEGIN "u8) >= 0;

    // ERROR_INVALID_PASSWORD, which .NET gives on every system.
    private static bool IsPasswordFault(CryptographicException exception) => exception.HResult == unchecked((int)0x80070056);

    private static InvalidError WrongPassword() => InvalidError.For("Password", "The password is wrong. Type the one that the file was made with.");

    private static InvalidError NoKey() => Invalid("The certificate comes without its private key. Choose a PFX file, or the key (PEM) beside the certificate.");

    private static InvalidError NotACertificate() => Invalid("This is no certificate that can be read. Choose a file in PEM (.pem, .crt) or PFX (.pfx, .p12) format.");

    private static InvalidError Invalid(string message) => InvalidError.For("Certificate", message);
}
