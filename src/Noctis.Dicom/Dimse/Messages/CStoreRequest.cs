using Noctis.Dicom.Data;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Dimse.Messages;

/// <summary>C-STORE-RQ (PS3.7 9.3.1.1, Table 9.3-1); the data set follows it.</summary>
public sealed class CStoreRequest : DimseRequest
{
    /// <inheritdoc/>
    public override CommandField Field => CommandField.CStoreRequest;

    /// <inheritdoc/>
    public override bool HasDataset => true;

    /// <summary>The presentation context in which it came or goes. Accepted.</summary>
    public required PresentationContext PresentationContext { get; init; }

    /// <summary>Affected SOP Class UID, (0000,0002): of a received request, the abstract syntax of its presentation context.</summary>
    public required string AffectedSOPClassUID { get; init; }

    /// <summary>Affected SOP Instance UID, (0000,1000): of a received request, at most 64 digits and dots, no component empty.</summary>
    public required string AffectedSOPInstanceUID { get; init; }

    /// <summary>Priority, (0000,0700).</summary>
    public Priority Priority { get; init; }

    /// <summary>Move Originator Application Entity Title, (0000,1030): who asked for the C-MOVE of which this is a part.</summary>
    public string? MoveOriginatorApplicationEntityTitle { get; init; }

    /// <summary>Move Originator Message ID, (0000,1031).</summary>
    public ushort? MoveOriginatorMessageID { get; init; }

    /// <summary>UID of the transfer syntax of the data set: the one accepted for the presentation context.</summary>
    public string TransferSyntaxUID => PresentationContext.TransferSyntax
        ?? throw new InvalidOperationException($"Presentation context {PresentationContext.Id} is not accepted.");

    /// <summary>The transfer syntax of the data set; null when the standard does not know it.</summary>
    public DicomTransferSyntax? TransferSyntax => DicomTransferSyntax.Lookup(TransferSyntaxUID);

    internal override void WriteElements(CommandSetWriter writer)
    {
        writer.AddUid(DicomTag.AffectedSOPClassUID, AffectedSOPClassUID);
        writer.AddUInt16(DicomTag.CommandField, (ushort)Field);
        writer.AddUInt16(DicomTag.MessageID, MessageID);
        writer.AddUInt16(DicomTag.Priority, (ushort)Priority);
        WriteDatasetType(writer);
        writer.AddUid(DicomTag.AffectedSOPInstanceUID, AffectedSOPInstanceUID);
        writer.AddText(DicomTag.MoveOriginatorApplicationEntityTitle, MoveOriginatorApplicationEntityTitle);
        if (MoveOriginatorMessageID is { } id)
            writer.AddUInt16(DicomTag.MoveOriginatorMessageID, id);
    }
}
