namespace Noctis.Dicom.Network.StateMachine;

/// <summary>The events of the upper layer (PS3.8 9.2.3, Table 9-10).</summary>
public enum UpperLayerEvent : byte
{
    /// <summary>Local A-ASSOCIATE request.</summary>
    Evt1 = 1,

    /// <summary>The transport connection that was asked for is open.</summary>
    Evt2,

    /// <summary>A-ASSOCIATE-AC received.</summary>
    Evt3,

    /// <summary>A-ASSOCIATE-RJ received.</summary>
    Evt4,

    /// <summary>A transport connection was opened by a peer.</summary>
    Evt5,

    /// <summary>A-ASSOCIATE-RQ received.</summary>
    Evt6,

    /// <summary>Local A-ASSOCIATE response: accept.</summary>
    Evt7,

    /// <summary>Local A-ASSOCIATE response: reject.</summary>
    Evt8,

    /// <summary>Local P-DATA request.</summary>
    Evt9,

    /// <summary>P-DATA-TF received.</summary>
    Evt10,

    /// <summary>Local A-RELEASE request.</summary>
    Evt11,

    /// <summary>A-RELEASE-RQ received.</summary>
    Evt12,

    /// <summary>A-RELEASE-RP received.</summary>
    Evt13,

    /// <summary>Local A-RELEASE response.</summary>
    Evt14,

    /// <summary>Local A-ABORT request.</summary>
    Evt15,

    /// <summary>A-ABORT received.</summary>
    Evt16,

    /// <summary>The transport connection is closed.</summary>
    Evt17,

    /// <summary>The ARTIM timer expired.</summary>
    Evt18,

    /// <summary>An unrecognized or invalid PDU was received.</summary>
    Evt19,
}
