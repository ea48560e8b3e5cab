namespace Noctis.Archive.Settings;

/// <summary>Whether a listener speaks TLS (PS3.15 B.12). Kept by name.</summary>
public enum TlsMode
{
    /// <summary>In the clear.</summary>
    Off,

    /// <summary>With the server's certificate.</summary>
    On,

    /// <summary>With the server's certificate, and only for devices that present one of their own that is trusted here.</summary>
    ClientCertificates,
}
