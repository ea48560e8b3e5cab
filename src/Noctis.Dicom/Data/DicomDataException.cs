namespace Noctis.Dicom.Data;

/// <summary>
/// Data that can never be valid DICOM, or a value that cannot be written as asked. More bytes would not help.
/// </summary>
/// <remarks>Messages name tags, rules and positions, never the values of a patient.</remarks>
public sealed class DicomDataException : Exception
{
    /// <summary>Makes an exception without a place.</summary>
    public DicomDataException()
    {
    }

    /// <summary>Makes an exception without a place.</summary>
    public DicomDataException(string message) : base(message)
    {
    }

    /// <summary>Makes an exception without a place.</summary>
    public DicomDataException(string message, Exception? innerException) : base(message, innerException)
    {
    }

    /// <summary>Makes an exception that names the element and, when known, its byte position.</summary>
    /// <param name="message">What is wrong and which rule it breaks; the place is appended.</param>
    /// <param name="tag">The element in question, when known.</param>
    /// <param name="offset">Bytes from the start of the input, when known.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public DicomDataException(string message, DicomTag? tag, long? offset = null, Exception? innerException = null)
        : base(WithPlace(message, tag, offset), innerException)
    {
        Tag = tag;
        Offset = offset;
    }

    /// <summary>The element in question, when known.</summary>
    public DicomTag? Tag { get; }

    /// <summary>Bytes from the start of the input to the fault, when known.</summary>
    public long? Offset { get; }

    private static string WithPlace(string message, DicomTag? tag, long? offset) => (tag, offset) switch
    {
        (null, null) => message,
        (null, _) => FormattableString.Invariant($"{message} [at byte {offset}]"),
        (_, null) => $"{message} [{tag}]",
        _ => FormattableString.Invariant($"{message} [{tag}, at byte {offset}]"),
    };
}
