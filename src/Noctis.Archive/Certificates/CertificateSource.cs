namespace Noctis.Archive.Certificates;

/// <summary>Where a certificate comes from. Kept by name.</summary>
public enum CertificateSource
{
    /// <summary>It is kept in the database, its private key encrypted.</summary>
    Upload,

    /// <summary>It is a file on the server, which is read again when it changes.</summary>
    Path,
}
