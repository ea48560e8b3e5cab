using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network;

/// <summary>The association ended before it was released.</summary>
/// <param name="ending">How it ended.</param>
/// <param name="message">Why, in a plain sentence.</param>
/// <param name="abort">The A-ABORT that was received; null when there was none.</param>
/// <param name="innerException">What lies beneath, if anything.</param>
public sealed class AssociationAbortedException(
    AssociationEnding ending, string message, AAbort? abort = null, Exception? innerException = null)
    : DicomNetworkException(message, innerException)
{
    /// <summary>How it ended.</summary>
    public AssociationEnding Ending { get; } = ending;

    /// <summary>The A-ABORT that was received; null when there was none.</summary>
    public AAbort? Abort { get; } = abort;
}
