namespace Noctis.Dicom.Files;

/// <summary>Choices the standard leaves to a writer.</summary>
/// <remarks>Immutable; safe on any thread.</remarks>
public sealed record DicomWriteOptions
{
    /// <summary>The options used where none are given.</summary>
    public static DicomWriteOptions Default { get; } = new();

    /// <summary>
    /// End sequences and items by delimiters instead of giving their lengths (PS3.5 7.5.2). Lengths are the default: a reader
    /// can then pass over a sequence without looking into it.
    /// </summary>
    public bool UndefinedSequenceLengths { get; init; }
}
