namespace Noctis.Dicom.Network.Pdus;

/// <summary>Who aborts (PS3.8 9.3.8, Table 9-26).</summary>
public enum AbortSource : byte
{
    /// <summary>The application above the upper layer.</summary>
    ServiceUser = 0,

    /// <summary>The upper layer itself: the peer broke the protocol.</summary>
    ServiceProvider = 2,
}
