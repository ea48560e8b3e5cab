using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Messages;

/// <summary>C-MOVE-RQ; its data set is the identifier that says what to send (PS3.7 9.3.4.1, Table 9.3-9).</summary>
public sealed class CMoveRequest : RetrieveRequest
{
    /// <inheritdoc/>
    public override CommandField Field => CommandField.CMoveRequest;

    /// <summary>Move Destination, (0000,0600): the AE title of who is to receive; of a received request, without padding, empty when it names none.</summary>
    public required string MoveDestination { get; init; }

    internal static CMoveRequest Read(DimseOperation operation, DicomDataset identifier) => new()
    {
        MessageID = operation.Request.MessageID.GetValueOrDefault(),
        AffectedSOPClassUID = operation.PresentationContext.AbstractSyntax,
        Priority = (Priority)operation.Request.GetUInt16(DicomTag.Priority).GetValueOrDefault(),
        MoveDestination = operation.Request.GetString(DicomTag.MoveDestination) ?? "",
        Dataset = identifier,
    };

    internal override void WriteElements(CommandSetWriter writer)
    {
        writer.AddUid(DicomTag.AffectedSOPClassUID, AffectedSOPClassUID);
        writer.AddUInt16(DicomTag.CommandField, (ushort)Field);
        writer.AddUInt16(DicomTag.MessageID, MessageID);
        writer.AddText(DicomTag.MoveDestination, MoveDestination);
        writer.AddUInt16(DicomTag.Priority, (ushort)Priority);
        WriteDatasetType(writer);
    }
}
