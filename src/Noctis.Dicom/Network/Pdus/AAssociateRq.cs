namespace Noctis.Dicom.Network.Pdus;

/// <summary>Asks for an association: A-ASSOCIATE-RQ (PS3.8 9.3.2, Table 9-11).</summary>
/// <remarks>
/// <code>
///  byte   field
///  1      PDU type, 01H
///  2      reserved, sent as 00H, not tested
///  3-6    PDU length
///  7-8    protocol version, bit 0 set: version 1
///  9-10   reserved, sent as 0000H, not tested
///  11-26  called AE title, 16 characters, leading and trailing spaces not significant
///  27-42  calling AE title, 16 characters, leading and trailing spaces not significant
///  43-74  reserved, sent as 00H, not tested
///  75-    items: application context (10H), presentation contexts (20H), user information (50H)
/// </code>
/// </remarks>
public sealed class AAssociateRq : Pdu
{
    /// <summary>The application context name of DICOM (PS3.7 A.2.1).</summary>
    public const string DicomApplicationContextName = "1.2.840.10008.3.1.1.1";

    /// <inheritdoc/>
    public override PduType Type => PduType.AAssociateRq;

    /// <summary>One bit for each version that the requestor speaks; bit 0 is version 1, the only one there is.</summary>
    public ushort ProtocolVersion { get; init; } = 1;

    /// <summary>The AE title that is called, without leading and trailing spaces; a character outside ISO 646 is read as U+FFFD.</summary>
    public required string CalledAETitle { get; init; }

    /// <summary>The AE title of the caller, without leading and trailing spaces; a character outside ISO 646 is read as U+FFFD.</summary>
    public required string CallingAETitle { get; init; }

    /// <summary>The application context name; empty when the peer left the item out.</summary>
    public string ApplicationContextName { get; init; } = DicomApplicationContextName;

    /// <summary>The proposed presentation contexts, in order.</summary>
    public IReadOnlyList<PresentationContextRq> PresentationContexts { get; init; } = [];

    /// <summary>The user information.</summary>
    public UserInformation UserInformation { get; init; } = new();

    /// <summary>Items of unknown type, in order.</summary>
    public IReadOnlyList<UnknownItem> UnknownItems { get; init; } = [];

    /// <summary>Bytes 11-74 as read, which an A-ASSOCIATE-AC sends back unchanged (PS3.8 9.3.3, Table 9-17). Empty when not read from a peer.</summary>
    internal ReadOnlyMemory<byte> AddressFields { get; init; }
}
