using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse;

/// <summary>The peer answered an operation with a failure. The association goes on. The message is a plain sentence without patient data of ours.</summary>
/// <param name="command">The request.</param>
/// <param name="status">The status answered.</param>
/// <param name="errorComment">The peer's Error Comment, (0000,0902); null when it gave none.</param>
/// <param name="offendingElements">The peer's Offending Elements, (0000,0901).</param>
public sealed class OperationFailedException(
    CommandField command, DicomStatus status, string? errorComment, IReadOnlyList<DicomTag> offendingElements)
    : Exception($"The peer answered {command} with {status}{(errorComment is null ? "" : $": {errorComment}")}.")
{
    /// <summary>The request.</summary>
    public CommandField Command { get; } = command;

    /// <summary>The status answered.</summary>
    public DicomStatus Status { get; } = status;

    /// <summary>The peer's Error Comment; null when it gave none.</summary>
    public string? ErrorComment { get; } = errorComment;

    /// <summary>The elements that the peer found at fault.</summary>
    public IReadOnlyList<DicomTag> OffendingElements { get; } = offendingElements;
}
