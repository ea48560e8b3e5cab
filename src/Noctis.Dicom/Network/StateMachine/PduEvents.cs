using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network.StateMachine;

/// <summary>Which event a received PDU is.</summary>
public static class PduEvents
{
    /// <summary>The event of a received PDU (PS3.8 9.2.3, Table 9-10).</summary>
    /// <param name="type">The PDU type.</param>
    public static UpperLayerEvent ToReceivedEvent(this PduType type) => type switch
    {
        PduType.AAssociateAc => UpperLayerEvent.Evt3,
        PduType.AAssociateRj => UpperLayerEvent.Evt4,
        PduType.AAssociateRq => UpperLayerEvent.Evt6,
        PduType.PDataTf => UpperLayerEvent.Evt10,
        PduType.AReleaseRq => UpperLayerEvent.Evt12,
        PduType.AReleaseRp => UpperLayerEvent.Evt13,
        PduType.AAbort => UpperLayerEvent.Evt16,
        _ => UpperLayerEvent.Evt19,
    };
}
