using System.Text;

namespace Noctis.Archive.Certificates;

/// <summary>Encrypts and reads what belongs to a facility's certificate; a secret that was moved to another facility's row cannot be read.</summary>
public sealed class CertificateSecrets(ISecretProtection protection)
{
    internal byte[] Protect(Guid facilityId, byte[] secret) => protection.Protect(secret, Purpose(facilityId));

    internal byte[]? ProtectText(Guid facilityId, string? secret) => string.IsNullOrEmpty(secret) ? null : Protect(facilityId, Encoding.UTF8.GetBytes(secret));

    /// <summary>The certificate that is kept in a row, or in the file that the row names.</summary>
    /// <returns>What is wrong with the file, in plain words, where it is.</returns>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The keys that the row was encrypted with are not here.</exception>
    public Result<ReadCertificate> Open(FacilityCertificate row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var secret = row.Secret is null ? null : protection.Unprotect(row.Secret, Purpose(row.FacilityId));
        return row.Source == CertificateSource.Upload
            ? CertificateReader.Assemble(row.Pem, secret)
            : CertificateFiles.Read(row.Path!, row.KeyPath, secret is null ? null : Encoding.UTF8.GetString(secret));
    }

    private static string Purpose(Guid facilityId) => $"certificate of {facilityId}";
}
