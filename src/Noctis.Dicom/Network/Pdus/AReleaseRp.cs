namespace Noctis.Dicom.Network.Pdus;

/// <summary>Agrees to end the association in order: A-RELEASE-RP (PS3.8 9.3.7, Table 9-25).</summary>
/// <remarks>
/// <code>
///  byte   field
///  1      PDU type, 06H
///  2      reserved, sent as 00H, not tested
///  3-6    PDU length, 00000004H
///  7-10   reserved, sent as 00000000H, not tested
/// </code>
/// </remarks>
public sealed class AReleaseRp : Pdu
{
    private AReleaseRp()
    {
    }

    /// <summary>The one instance: the PDU carries nothing.</summary>
    public static AReleaseRp Instance { get; } = new();

    /// <inheritdoc/>
    public override PduType Type => PduType.AReleaseRp;
}
