namespace Noctis.Archive.Certificates;

/// <summary>What a facility's certificate is for. Kept by name.</summary>
public enum CertificateKind
{
    /// <summary>By which the listener says who it is; with a private key.</summary>
    ServerCertificate,

    /// <summary>Whose signature on a device's certificate is trusted; or a device's own certificate.</summary>
    ClientAuthority,
}
