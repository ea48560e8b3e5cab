using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Noctis.Dicom.Network.Internal;

/// <summary>Judges the certificate of one peer in one handshake, and remembers why not: the handshake's own exception does not say.</summary>
/// <param name="who">The peer in a sentence: "peer" or "server".</param>
/// <param name="serverName">The name that was called; null when the peer is a client.</param>
/// <param name="isRequired">A peer without a certificate is refused.</param>
/// <param name="application">Has the last word; null for nobody.</param>
internal sealed class TlsVerdict(string who, string? serverName, bool isRequired, RemoteCertificateValidationCallback? application)
{
    private const int MaxNameLength = 120;

    /// <summary>Why the certificate was refused; null when it was not.</summary>
    public string? Reason { get; private set; }

    /// <summary>The same for a program.</summary>
    public ConnectionFailureKind Kind { get; private set; }

    /// <summary>What a certificate has to stand, whatever the application says to it.</summary>
    public static X509ChainPolicy PolicyFor(IReadOnlyList<X509Certificate2> anchors, X509RevocationMode revocation)
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = revocation,
            RevocationFlag = X509RevocationFlag.ExcludeRoot,
            UrlRetrievalTimeout = TimeSpan.FromSeconds(5),

            // A stranger's certificate must not make us fetch what it points to.
            DisableCertificateDownloads = true,
        };
        if (anchors.Count > 0)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            foreach (var anchor in anchors)
                policy.CustomTrustStore.Add(anchor);
        }

        return policy;
    }

    /// <summary>Judges. Called by the handshake.</summary>
    public bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null && !isRequired)
            return true;
        if (application is not null ? application(sender, certificate, chain, errors) : errors == SslPolicyErrors.None)
            return true;

        (Kind, Reason) = Explain(certificate as X509Certificate2, chain, errors);
        return false;
    }

    private (ConnectionFailureKind Kind, string Reason) Explain(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return (ConnectionFailureKind.TlsCertificateMissing, serverName is null
                ? "The peer presents no certificate, and only peers with one are taken here."
                : "The server presents no certificate.");
        }

        var subject = Name(certificate.Subject);
        if (errors == SslPolicyErrors.None)
            return (ConnectionFailureKind.TlsCertificateUntrusted, $"The certificate of the {who} ({subject}) was refused by the application.");

        var status = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, static (all, one) => all | one.Status);

        // The signature is wrong where somebody trusted has the name of the issuer, and another key: made anew perhaps, or forged.
        const X509ChainStatusFlags unknown =
            X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotSignatureValid;
        const X509ChainStatusFlags unclear = X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation;
        if ((status & unknown) != 0)
        {
            return (ConnectionFailureKind.TlsCertificateUntrusted,
                $"The certificate of the {who} ({subject}, issued by {Name(certificate.Issuer)}) is signed by nobody who is trusted here;"
                + " add its issuer, or the certificate itself, to those that are.");
        }

        if ((status & X509ChainStatusFlags.Revoked) != 0)
            return (ConnectionFailureKind.TlsCertificateRevoked, $"The certificate of the {who} ({subject}) is revoked.");
        if ((status & X509ChainStatusFlags.NotTimeValid) != 0)
            return (ConnectionFailureKind.TlsCertificateExpired, DescribeTime(certificate, chain!));
        if ((status & unclear) != 0)
        {
            return (ConnectionFailureKind.TlsCertificateRevoked,
                $"Whether the certificate of the {who} ({subject}) is revoked cannot be found out, and that was asked for.");
        }

        if ((errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0)
        {
            return (ConnectionFailureKind.TlsCertificateNameMismatch,
                $"The certificate of the server is made out to {Names(certificate)}, not to {serverName};"
                + " call the server by that name, or have its certificate made out anew.");
        }

        return (ConnectionFailureKind.TlsCertificateUntrusted, $"The certificate of the {who} ({subject}) is not valid: {status}.");
    }

    private string DescribeTime(X509Certificate2 certificate, X509Chain chain)
    {
        // The leaf is the first of the chain; an authority above it may be what has expired.
        var late = chain.ChainElements.FirstOrDefault(static element =>
            element.ChainElementStatus.Any(static one => one.Status == X509ChainStatusFlags.NotTimeValid))?.Certificate ?? certificate;
        var whose = late.Thumbprint == certificate.Thumbprint
            ? $"The certificate of the {who} ({Name(certificate.Subject)})"
            : $"The certificate of the authority {Name(late.Subject)}, above that of the {who},";
        var isEarly = late.NotBefore.ToUniversalTime() > DateTime.UtcNow;
        return isEarly
            ? $"{whose} is not valid before {Day(late.NotBefore)}; are the clocks right?"
            : $"{whose} expired on {Day(late.NotAfter)}; it has to be renewed.";
    }

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(static extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(static ip => ip.ToString())))
            .Take(3)
            .ToList();
        return Name(names.Count > 0 ? string.Join(", ", names) : certificate.Subject);
    }

    private static string Name(string name)
    {
        var printable = UpperLayerText.Printable(name);
        return printable.Length <= MaxNameLength ? printable : printable[..MaxNameLength] + "…";
    }
}
