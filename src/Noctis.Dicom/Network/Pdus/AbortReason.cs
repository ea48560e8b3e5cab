namespace Noctis.Dicom.Network.Pdus;

/// <summary>Why the upper layer aborts (PS3.8 9.3.8, Table 9-26).</summary>
public enum AbortReason : byte
{
    /// <summary>No reason is given.</summary>
    NotSpecified = 0,

    /// <summary>The PDU type is unknown.</summary>
    UnrecognizedPdu = 1,

    /// <summary>The PDU is known but not allowed in this state.</summary>
    UnexpectedPdu = 2,

    /// <summary>A parameter of the PDU is unknown.</summary>
    UnrecognizedPduParameter = 4,

    /// <summary>A parameter of the PDU is known but not allowed here.</summary>
    UnexpectedPduParameter = 5,

    /// <summary>A parameter of the PDU has a value that is never valid.</summary>
    InvalidPduParameterValue = 6,
}
