namespace Noctis.Dicom.Network.Pdus;

/// <summary>Refuses an association: A-ASSOCIATE-RJ (PS3.8 9.3.4, Table 9-21).</summary>
/// <remarks>
/// <code>
///  byte   field
///  1      PDU type, 03H
///  2      reserved, sent as 00H, not tested
///  3-6    PDU length, 00000004H
///  7      reserved, sent as 00H, not tested
///  8      result
///  9      source
///  10     reason, numbered anew for each source
/// </code>
/// </remarks>
/// <param name="result">Whether trying again can help.</param>
/// <param name="reason">The reason, which implies the source.</param>
public sealed class AAssociateRj(AssociateRejectResult result, AssociateRejectReason reason) : Pdu
{
    /// <inheritdoc/>
    public override PduType Type => PduType.AAssociateRj;

    /// <summary>Whether trying again can help. A value that the standard does not define is kept as read.</summary>
    public AssociateRejectResult Result { get; } = result;

    /// <summary>Who rejects, the high byte of <see cref="Reason"/>.</summary>
    public AssociateRejectSource Source => (AssociateRejectSource)((ushort)Reason >> 8);

    /// <summary>Why. A value that the standard does not define is kept as read.</summary>
    public AssociateRejectReason Reason { get; } = reason;

    /// <summary>The reason's code as it stands on the wire, of meaning only together with <see cref="Source"/>.</summary>
    public byte ReasonCode => (byte)Reason;
}
