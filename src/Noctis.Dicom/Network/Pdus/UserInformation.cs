namespace Noctis.Dicom.Network.Pdus;

/// <summary>The user information item of an associate PDU (PS3.8 9.3.2.3, Table 9-16; sub-items in PS3.8 D.1 and PS3.7 D.3.3).</summary>
/// <remarks>
/// <code>
///  byte   field
///  1      item type, 50H
///  2      reserved, sent as 00H, not tested
///  3-4    item length
///  5-     sub-items: maximum length 51H (4 bytes), implementation class UID 52H, asynchronous operations window 53H,
///         role selection 54H, implementation version name 55H, SOP class extended negotiation 56H,
///         SOP class common extended negotiation 57H, user identity 58H (RQ) and 59H (AC)
/// </code>
/// Where a peer repeats a sub-item that may stand only once, the first counts.
/// </remarks>
public sealed class UserInformation
{
    /// <summary>
    /// The longest P-DATA-TF body that the sender of this item takes, in bytes of the PDU length field (PS3.8 D.1, Table D.1-1).
    /// 0 means no limit, and is also what a peer is taken to mean that leaves the sub-item out.
    /// </summary>
    public uint MaximumLength { get; init; }

    /// <summary>UID of the peer's implementation (PS3.7 D.3.3.2). Mandatory, yet null when the peer leaves it out.</summary>
    public string? ImplementationClassUid { get; init; }

    /// <summary>Name of the peer's implementation and version, 1 to 16 characters (PS3.7 D.3.3.2).</summary>
    public string? ImplementationVersionName { get; init; }

    /// <summary>The asynchronous operations window, or null for the default of one operation at a time.</summary>
    public AsynchronousOperationsWindow? AsynchronousOperationsWindow { get; init; }

    /// <summary>The role selections.</summary>
    public IReadOnlyList<RoleSelection> RoleSelections { get; init; } = [];

    /// <summary>The SOP class extended negotiations.</summary>
    public IReadOnlyList<SopClassExtendedNegotiation> ExtendedNegotiations { get; init; } = [];

    /// <summary>The SOP class common extended negotiations; in a request only.</summary>
    public IReadOnlyList<SopClassCommonExtendedNegotiation> CommonExtendedNegotiations { get; init; } = [];

    /// <summary>The user's identity; in a request only.</summary>
    public UserIdentityRq? UserIdentity { get; init; }

    /// <summary>The answer to a user's identity; in an acceptance only.</summary>
    public UserIdentityAc? UserIdentityResponse { get; init; }

    /// <summary>Sub-items of unknown type, in order.</summary>
    public IReadOnlyList<UnknownItem> UnknownItems { get; init; } = [];
}
