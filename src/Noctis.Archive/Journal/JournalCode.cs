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
}
