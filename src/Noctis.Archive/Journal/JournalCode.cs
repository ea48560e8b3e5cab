namespace Noctis.Archive.Journal;

/// <summary>
/// Why something was refused or failed. The sentence of a row is for people; this code lets a page offer the fix
/// that goes with it. Stored by name, so the order may change.
/// </summary>
public enum JournalCode
{
    None,
    CalledTitleWrong,
    CalledTitleCaseDiffers,
    TitlesSwapped,
    CallingTitleUnknown,
    CallingTitleCaseDiffers,
    CallerAmbiguous,
    DeviceInactive,
    AddressUnexpected,
    FacilityNotActive,
    LimitReached,
    TlsRequired,
    NoPresentationContext,
    ProtocolError,
    PeerAborted,
    ConnectionLost,
    TimedOut,
    ServerStopping,
    ObjectInvalid,
    StorageUnavailable,
    InternalError,

    /// <summary>The caller's address is in none of the facility's allowed networks.</summary>
    NetworkNotAllowed,

    CalledTitleSpacingDiffers,
    CallingTitleSpacingDiffers,

    /// <summary>Plain DICOM on a port that wants TLS.</summary>
    TlsExpected,

    /// <summary>TLS on a plain port.</summary>
    TlsUnexpected,

    /// <summary>The handshake failed for another reason than a certificate: versions, cipher suites, silence.</summary>
    TlsFailed,

    /// <summary>The device presents no certificate.</summary>
    TlsCertificateMissing,

    /// <summary>The device's certificate is signed by nobody who is trusted here, or revoked.</summary>
    TlsCertificateUntrusted,

    TlsCertificateExpired,

    /// <summary>The device does not take ours.</summary>
    TlsOurCertificateRefused,

    /// <summary>HTTP, SSH, noise.</summary>
    ForeignProtocol,

    /// <summary>Connected, and said nothing.</summary>
    SilentConnection,

    /// <summary>The service is switched off in the facility's settings.</summary>
    ServiceSwitchedOff,

    QuotaReached,

    /// <summary>The server's disk is full, or at its floor.</summary>
    DiskFull,

    DuplicateRefused,

    /// <summary>The device is not registered, and what it sent waits in quarantine: no failure, and not the end of the matter.</summary>
    Quarantined,

    /// <summary>The device is not registered, and its facility's quarantine takes no more.</summary>
    QuarantineFull,

    /// <summary>The database does not answer.</summary>
    DatabaseUnavailable,
}
