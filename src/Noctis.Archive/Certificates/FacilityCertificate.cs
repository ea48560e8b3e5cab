namespace Noctis.Archive.Certificates;

/// <summary>A certificate of a facility's listener (PS3.15 B.12). A server certificate is replaced by the next; authorities stand side by side.</summary>
public sealed class FacilityCertificate : ITenantOwned
{
    public const int NameLength = 1000;
    public const int PathLength = 1000;
    public const int ThumbprintLength = 64;
    public const int ActorNameLength = 256;

    public long Id { get; init; }

    public Guid FacilityId { get; init; }

    public CertificateKind Kind { get; init; }

    public CertificateSource Source { get; init; }

    /// <summary>The file on the server that holds the certificate, as PEM or PFX.</summary>
    public string? Path { get; init; }

    /// <summary>The file that holds the private key, where it is another.</summary>
    public string? KeyPath { get; init; }

    /// <summary>The certificate as PEM, and after it those between it and its root. Of a file on the server, as it was read last.</summary>
    public required string Pem { get; set; }

    /// <summary>Encrypted by <see cref="ISecretProtection"/>: the private key (PKCS #8), or the password of the file on the server.</summary>
    public byte[]? Secret { get; init; }

    public required string Subject { get; set; }

    public required string Issuer { get; set; }

    /// <summary>SHA-256, in hexadecimal digits.</summary>
    public required string Thumbprint { get; set; }

    public DateTime NotBeforeUtc { get; set; }

    public DateTime NotAfterUtc { get; set; }

    public DateTime AddedUtc { get; init; }

    public required string AddedBy { get; init; }
}
