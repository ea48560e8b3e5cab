namespace Noctis.Dicom.Network.Pdus;

/// <summary>Accepts an association: A-ASSOCIATE-AC (PS3.8 9.3.3, Table 9-17).</summary>
/// <remarks>
/// <code>
///  byte   field
///  1      PDU type, 02H
///  2      reserved, sent as 00H, not tested
///  3-6    PDU length
///  7-8    protocol version, bit 0 set: version 1
///  9-10   reserved, sent as 0000H, not tested
///  11-26  called AE title, 16 characters as in the request, not tested
///  27-42  calling AE title, 16 characters as in the request, not tested
///  43-74  reserved, as in the request, not tested
///  75-    items: application context (10H), presentation contexts (21H), user information (50H)
/// </code>
/// </remarks>
public sealed class AAssociateAc : Pdu
{
    /// <inheritdoc/>
    public override PduType Type => PduType.AAssociateAc;

    /// <summary>One bit for each version that the acceptor speaks; bit 0 is version 1, the only one there is.</summary>
    public ushort ProtocolVersion { get; init; } = 1;

    /// <summary>The called AE title of the request, sent back; not to be tested.</summary>
    public string CalledAETitle { get; init; } = "";

    /// <summary>The calling AE title of the request, sent back; not to be tested.</summary>
    public string CallingAETitle { get; init; } = "";

    /// <summary>The application context name; empty when the peer left the item out.</summary>
    public string ApplicationContextName { get; init; } = AAssociateRq.DicomApplicationContextName;

    /// <summary>The answers to the proposed presentation contexts.</summary>
    public IReadOnlyList<PresentationContextAc> PresentationContexts { get; init; } = [];

    /// <summary>The user information.</summary>
    public UserInformation UserInformation { get; init; } = new();

    /// <summary>Items of unknown type, in order.</summary>
    public IReadOnlyList<UnknownItem> UnknownItems { get; init; } = [];

    /// <summary>Bytes 11-74 of the request, written instead of the AE titles when there are any.</summary>
    internal ReadOnlyMemory<byte> AddressFields { get; init; }
}
