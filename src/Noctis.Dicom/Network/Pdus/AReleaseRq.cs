namespace Noctis.Dicom.Network.Pdus;

/// <summary>Asks to end the association in order: A-RELEASE-RQ (PS3.8 9.3.6, Table 9-24).</summary>
/// <remarks>
/// <code>
///  byte   field
///  1      PDU type, 05H
///  2      reserved, sent as 00H, not tested
///  3-6    PDU length, 00000004H
///  7-10   reserved, sent as 00000000H, not tested
/// </code>
/// </remarks>
public sealed class AReleaseRq : Pdu
{
    private AReleaseRq()
    {
    }

    /// <summary>The one instance: the PDU carries nothing.</summary>
    public static AReleaseRq Instance { get; } = new();

    /// <inheritdoc/>
    public override PduType Type => PduType.AReleaseRq;
}
