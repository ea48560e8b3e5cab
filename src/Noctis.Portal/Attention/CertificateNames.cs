using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Noctis.Portal.Attention;

/// <summary>Whom a certificate names, without what only machines read.</summary>
internal static class CertificateNames
{
    private const string CommonName = "2.5.4.3";

    /// <summary>"noctis.example" of "CN=noctis.example, O=Noctis, C=DE".</summary>
    public static string Common(string subject)
    {
        try
        {
            return new X500DistinguishedName(subject).EnumerateRelativeDistinguishedNames().Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == CommonName)
                .Select(part => part.GetSingleElementValue()).FirstOrDefault(name => !string.IsNullOrWhiteSpace(name)) ?? subject;
        }
        catch (CryptographicException)
        {
            // Cut to its length when it was kept.
            return subject;
        }
    }
}
