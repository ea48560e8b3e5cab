namespace Noctis.Dicom.Network.StateMachine;

/// <summary>The actions of the upper layer (PS3.8 9.2.2, Tables 9-6 to 9-9); AE1 is the standard's AE-1.</summary>
public enum UpperLayerAction : byte
{
    /// <summary>Open a transport connection. Next: Sta4.</summary>
    AE1 = 1,

    /// <summary>Send A-ASSOCIATE-RQ. Next: Sta5.</summary>
    AE2,

    /// <summary>Tell the user that the association is accepted. Next: Sta6.</summary>
    AE3,

    /// <summary>Tell the user that the association is rejected; close the transport connection. Next: Sta1.</summary>
    AE4,

    /// <summary>Take the transport connection; start ARTIM. Next: Sta2.</summary>
    AE5,

    /// <summary>Stop ARTIM. If the provider can accept the request, tell the user of it (next: Sta3); else send A-ASSOCIATE-RJ and start ARTIM (next: Sta13).</summary>
    AE6,

    /// <summary>Send A-ASSOCIATE-AC. Next: Sta6.</summary>
    AE7,

    /// <summary>Send A-ASSOCIATE-RJ; start ARTIM. Next: Sta13.</summary>
    AE8,

    /// <summary>Send P-DATA-TF. Next: Sta6.</summary>
    DT1,

    /// <summary>Hand the data to the user. Next: Sta6.</summary>
    DT2,

    /// <summary>Send A-RELEASE-RQ. Next: Sta7.</summary>
    AR1,

    /// <summary>Tell the user that release is asked for. Next: Sta8.</summary>
    AR2,

    /// <summary>Tell the user that release is confirmed; close the transport connection. Next: Sta1.</summary>
    AR3,

    /// <summary>Send A-RELEASE-RP; start ARTIM. Next: Sta13.</summary>
    AR4,

    /// <summary>Stop ARTIM. Next: Sta1.</summary>
    AR5,

    /// <summary>Hand the data to the user. Next: Sta7.</summary>
    AR6,

    /// <summary>Send P-DATA-TF. Next: Sta8.</summary>
    AR7,

    /// <summary>Tell the user of a release collision. Next: Sta9 for the association requestor, else Sta10.</summary>
    AR8,

    /// <summary>Send A-RELEASE-RP. Next: Sta11.</summary>
    AR9,

    /// <summary>Tell the user that release is confirmed. Next: Sta12.</summary>
    AR10,

    /// <summary>Send A-ABORT, source service user; start ARTIM, or restart it. Next: Sta13.</summary>
    AA1,

    /// <summary>Stop ARTIM; close the transport connection. Next: Sta1.</summary>
    AA2,

    /// <summary>Tell the user of the abort; close the transport connection. Next: Sta1.</summary>
    AA3,

    /// <summary>Tell the user of an abort by the provider. Next: Sta1.</summary>
    AA4,

    /// <summary>Stop ARTIM. Next: Sta1.</summary>
    AA5,

    /// <summary>Ignore the PDU. Next: Sta13.</summary>
    AA6,

    /// <summary>Send A-ABORT. Next: Sta13.</summary>
    AA7,

    /// <summary>Send A-ABORT, source provider; tell the user of an abort by the provider; start ARTIM. Next: Sta13.</summary>
    AA8,
}
