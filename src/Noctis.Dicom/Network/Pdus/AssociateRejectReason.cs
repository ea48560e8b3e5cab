namespace Noctis.Dicom.Network.Pdus;

/// <summary>
/// Why an association is rejected (PS3.8 9.3.4, Table 9-21). The standard numbers the reasons anew for each source,
/// so a value here is the pair: the source in the high byte, the code on the wire in the low byte.
/// </summary>
public enum AssociateRejectReason : ushort
{
    /// <summary>Source 1, reason 1: the application gives no reason.</summary>
    NoReasonGiven = 0x0101,

    /// <summary>Source 1, reason 2: the application context name is not supported.</summary>
    ApplicationContextNameNotSupported = 0x0102,

    /// <summary>Source 1, reason 3: the calling AE title is not recognized.</summary>
    CallingAETitleNotRecognized = 0x0103,

    /// <summary>Source 1, reason 7: the called AE title is not recognized.</summary>
    CalledAETitleNotRecognized = 0x0107,

    /// <summary>Source 2, reason 1: the upper layer gives no reason.</summary>
    NoReasonGivenByProvider = 0x0201,

    /// <summary>Source 2, reason 2: the protocol version is not supported.</summary>
    ProtocolVersionNotSupported = 0x0202,

    /// <summary>Source 3, reason 1: temporary congestion.</summary>
    TemporaryCongestion = 0x0301,

    /// <summary>Source 3, reason 2: a local limit is exceeded.</summary>
    LocalLimitExceeded = 0x0302,
}
