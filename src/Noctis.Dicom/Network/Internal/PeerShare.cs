namespace Noctis.Dicom.Network.Internal;

/// <summary>What one address has of a listener. Touched by <see cref="SessionRegistry"/> alone, under its lock.</summary>
internal sealed class PeerShare
{
    /// <summary>Connections.</summary>
    public int Open { get; set; }

    /// <summary>Those of them that have no association.</summary>
    public int Pending { get; set; }

    /// <summary>Those of them that have one.</summary>
    public int Associated { get; set; }
}
