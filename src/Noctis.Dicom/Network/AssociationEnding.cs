namespace Noctis.Dicom.Network;

/// <summary>How a connection or association ended.</summary>
public enum AssociationEnding
{
    /// <summary>Released in order (PS3.8 7.2).</summary>
    Released,

    /// <summary>The peer sent A-ABORT.</summary>
    AbortedByPeer,

    /// <summary>We sent A-ABORT: the peer broke the protocol, a time limit passed, or we were stopped.</summary>
    Aborted,

    /// <summary>The connection was closed or lost without a word.</summary>
    ConnectionLost,
}
