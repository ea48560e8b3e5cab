namespace Noctis.Dicom.Network;

/// <summary>An association could not be made or did not last. The message is a plain sentence without patient data.</summary>
public class DicomNetworkException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">A plain sentence.</param>
    /// <param name="innerException">What lies beneath, if anything.</param>
    public DicomNetworkException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Why, for a program, where the connection did not get as far as an association.</summary>
    public ConnectionFailureKind Kind { get; init; }
}
