using Noctis.Archive.Ingest;
using Noctis.Archive.Journal;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;

namespace Noctis.Gateway.Explaining;

/// <summary>Explains operations that were answered with a failure.</summary>
internal static class FailedOperations
{
    /// <param name="operation">What was answered.</param>
    /// <param name="status">The failure.</param>
    /// <param name="refusal">Why the archive did not take the object; null when it was not asked.</param>
    public static Explanation Explain(OperationSummary operation, DicomStatus status, IngestError? refusal)
    {
        var code = refusal?.Code ?? (IsOurs(status) ? JournalCode.InternalError
            : status == DicomStatus.UnrecognizedOperation ? JournalCode.NoPresentationContext
            : JournalCode.ObjectInvalid);
        var sentence = operation.Comment is { Length: > 0 } comment ? $"{comment.TrimEnd('.')} (status {status})." : $"Answered with status {status}.";
        return new Explanation(code, Remedies.With(sentence, code));
    }

    /// <summary>Whether the fault is the server's, or its space: the object may be sent again.</summary>
    public static bool IsOurs(DicomStatus status) => status == DicomStatus.ProcessingFailure || status.Code is >= 0xA700 and <= 0xA7FF;
}
