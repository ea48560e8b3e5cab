namespace Noctis.Dicom.Network.Pdus;

/// <summary>A protocol data unit of the DICOM upper layer (PS3.8 9.3). Immutable, so safe to share between threads.</summary>
public abstract class Pdu
{
    private protected Pdu()
    {
    }

    /// <summary>The PDU type as sent in the first byte.</summary>
    public abstract PduType Type { get; }
}
