namespace Noctis.Dicom.Dimse.Internal;

/// <summary>An object cannot be sent on this association; nothing of it has been.</summary>
/// <param name="message">Why, in a plain sentence.</param>
/// <param name="innerException">What lies beneath, if anything.</param>
internal sealed class OutgoingObjectException(string message, Exception? innerException = null) : Exception(message, innerException);
