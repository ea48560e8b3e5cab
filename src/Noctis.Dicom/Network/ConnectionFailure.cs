namespace Noctis.Dicom.Network;

/// <summary>A connection that ended before there was an association to accept or reject.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="Reason">Why, in a plain sentence.</param>
/// <param name="Duration">From the connection to its end.</param>
/// <param name="BytesReceived">Bytes that were read from the connection.</param>
public sealed record ConnectionFailure(AssociationEnding Ending, string Reason, TimeSpan Duration, long BytesReceived)
{
    /// <summary>Why, for a program.</summary>
    public ConnectionFailureKind Kind { get; init; }
}
