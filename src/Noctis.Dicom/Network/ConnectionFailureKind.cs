namespace Noctis.Dicom.Network;

/// <summary>
/// Why a connection came to nothing, for whoever wants to say what to do about it. The numbers are fixed: they may be stored.
/// </summary>
public enum ConnectionFailureKind
{
    /// <summary>None of the others.</summary>
    Other = 0,

    /// <summary>The peer connected and hung up without a byte: a look whether the port is open, as load balancers and monitors take.</summary>
    ClosedUnused = 1,

    /// <summary>The peer connected and said nothing until the ARTIM timer expired.</summary>
    Silent = 2,

    /// <summary>The peer began its request for an association, or the PDU before it, and did not finish it in time or at all.</summary>
    RequestIncomplete = 3,

    /// <summary>What came instead of a request for an association has the form of the protocol, and is not valid.</summary>
    InvalidRequest = 4,

    /// <summary>The peer aborted.</summary>
    AbortedByPeer = 5,

    /// <summary>TLS was spoken to a port that is plain: switch it off at the side that called, or on at the other.</summary>
    TlsOnPlainPort = 6,

    /// <summary>Plain DICOM was spoken to a port that wants TLS: switch it on at the side that called.</summary>
    PlainOnTlsPort = 7,

    /// <summary>HTTP, in the clear or inside TLS: a browser, a scanner, or a port mixed up.</summary>
    Http = 8,

    /// <summary>Some other protocol: SSH, say, or noise.</summary>
    OtherProtocol = 9,

    /// <summary>The TLS handshake was begun and not finished in time.</summary>
    TlsHandshakeStalled = 10,

    /// <summary>The two sides found no version, cipher suite or protocol of TLS in common, or one of them gave up without a reason.</summary>
    TlsHandshakeFailed = 11,

    /// <summary>The peer does not take our certificate, or wants one and got none.</summary>
    TlsOurCertificateRefused = 12,

    /// <summary>The peer presents no certificate though one is required.</summary>
    TlsCertificateMissing = 13,

    /// <summary>The peer's certificate is not signed by anybody who is trusted here, or was refused by the application.</summary>
    TlsCertificateUntrusted = 14,

    /// <summary>The peer's certificate, or one above it, has expired or is not valid yet.</summary>
    TlsCertificateExpired = 15,

    /// <summary>The server's certificate is made out to another name than the one that was called.</summary>
    TlsCertificateNameMismatch = 16,

    /// <summary>The peer's certificate is revoked, or whether it is could not be found out.</summary>
    TlsCertificateRevoked = 17,

    /// <summary>The connection was closed in favour of others: too many had no association.</summary>
    TooManyConnections = 18,

    /// <summary>The listener was stopped.</summary>
    Stopped = 19,

    /// <summary>An error on our side; the log has it.</summary>
    InternalError = 20,

    /// <summary>As requestor: nobody answers at that address and port.</summary>
    Unreachable = 21,

    /// <summary>As requestor: the peer let the time for its answer pass.</summary>
    NoAnswer = 22,
}
