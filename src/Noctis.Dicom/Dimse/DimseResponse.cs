using System.Diagnostics.CodeAnalysis;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse;

/// <summary>A response: its status and what all responses have in common (PS3.7 9.3, 10.3, annex C). Immutable.</summary>
public abstract class DimseResponse : DimseMessage
{
    /// <summary>The most characters of an <see cref="ErrorComment"/>, whose VR is LO.</summary>
    public const int MaxErrorCommentLength = 64;

    private readonly string? _errorComment;

    private protected DimseResponse()
    {
    }

    /// <summary>A response that was received.</summary>
    [SetsRequiredMembers]
    private protected DimseResponse(CommandSet received, DicomDataset? dataset)
    {
        MessageIDBeingRespondedTo = received.MessageIDBeingRespondedTo.GetValueOrDefault();
        AffectedSOPClassUID = received.GetString(DicomTag.AffectedSOPClassUID);
        AffectedSOPInstanceUID = received.GetString(DicomTag.AffectedSOPInstanceUID);
        Status = new DicomStatus(received.GetUInt16(DicomTag.Status).GetValueOrDefault());
        ErrorComment = received.GetString(DicomTag.ErrorComment);
        ErrorID = received.GetUInt16(DicomTag.ErrorID);
        OffendingElements = received.GetTags(DicomTag.OffendingElement);
        Dataset = dataset;
    }

    /// <summary>Message ID Being Responded To, (0000,0120).</summary>
    public required ushort MessageIDBeingRespondedTo { get; init; }

    /// <summary>Affected SOP Class UID, (0000,0002).</summary>
    public string? AffectedSOPClassUID { get; init; }

    /// <summary>Affected SOP Instance UID, (0000,1000).</summary>
    public string? AffectedSOPInstanceUID { get; init; }

    /// <summary>Status, (0000,0900).</summary>
    public required DicomStatus Status { get; init; }

    /// <summary>
    /// Error Comment, (0000,0902): why, for the engineer of the peer. Cut to 64 characters; what is not printable ASCII becomes '?',
    /// since a command set has no character set, and a backslash, which would part it in two values, a slash.
    /// </summary>
    public string? ErrorComment
    {
        get => _errorComment;
        init => _errorComment = ToComment(value);
    }

    /// <summary>Error ID, (0000,0903): a number of the implementation's own; null for none.</summary>
    public ushort? ErrorID { get; init; }

    /// <summary>Offending Element, (0000,0901): the elements at fault.</summary>
    public IReadOnlyList<DicomTag> OffendingElements { get; init; } = [];

    internal override void WriteElements(CommandSetWriter writer)
    {
        writer.AddUid(DicomTag.AffectedSOPClassUID, AffectedSOPClassUID);
        writer.AddUInt16(DicomTag.CommandField, (ushort)Field);
        writer.AddUInt16(DicomTag.MessageIDBeingRespondedTo, MessageIDBeingRespondedTo);
        WriteDatasetType(writer);
        writer.AddUInt16(DicomTag.Status, Status.Code);
        writer.AddTags(DicomTag.OffendingElement, OffendingElements);
        writer.AddText(DicomTag.ErrorComment, ErrorComment);
        if (ErrorID is { } id)
            writer.AddUInt16(DicomTag.ErrorID, id);
        writer.AddUid(DicomTag.AffectedSOPInstanceUID, AffectedSOPInstanceUID);
        WriteFurtherElements(writer);
    }

    /// <summary>Writes what a response of this kind has behind Affected SOP Instance UID, in the order of the tags.</summary>
    private protected virtual void WriteFurtherElements(CommandSetWriter writer)
    {
    }

    private static string? ToComment(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        text = text.Trim();
        return string.Create(Math.Min(text.Length, MaxErrorCommentLength), text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = source[i] is '\\' ? '/' : source[i] is >= ' ' and <= '~' ? source[i] : '?';
        });
    }
}
