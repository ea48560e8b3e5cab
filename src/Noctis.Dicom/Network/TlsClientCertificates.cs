namespace Noctis.Dicom.Network;

/// <summary>What a server does about certificates of its clients.</summary>
public enum TlsClientCertificates
{
    /// <summary>Asks for none.</summary>
    None,

    /// <summary>Asks, and goes on without; one that is presented has to be good all the same.</summary>
    Requested,

    /// <summary>Takes nobody without: authentication of both sides, as devices commonly do it.</summary>
    Required,
}
