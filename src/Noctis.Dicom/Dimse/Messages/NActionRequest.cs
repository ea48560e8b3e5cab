using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Messages;

/// <summary>N-ACTION-RQ; its data set is the action information (PS3.7 10.3.4.1, Table 10.3-7).</summary>
public sealed class NActionRequest : DimseRequest
{
    /// <inheritdoc/>
    public override CommandField Field => CommandField.NActionRequest;

    /// <summary>Requested SOP Class UID, (0000,0003): may be another than the abstract syntax, where that is a meta SOP class.</summary>
    public required string RequestedSOPClassUID { get; init; }

    /// <summary>Requested SOP Instance UID, (0000,1001).</summary>
    public required string RequestedSOPInstanceUID { get; init; }

    /// <summary>Action Type ID, (0000,1008).</summary>
    public required ushort ActionTypeID { get; init; }

    internal static NActionRequest Read(DimseOperation operation, DicomDataset? dataset) => new()
    {
        MessageID = operation.Request.MessageID.GetValueOrDefault(),
        RequestedSOPClassUID = operation.Request.GetString(DicomTag.RequestedSOPClassUID) ?? operation.PresentationContext.AbstractSyntax,
        RequestedSOPInstanceUID = operation.Request.GetString(DicomTag.RequestedSOPInstanceUID) ?? "",
        ActionTypeID = operation.Request.GetUInt16(DicomTag.ActionTypeID).GetValueOrDefault(),
        Dataset = dataset,
    };

    internal override void WriteElements(CommandSetWriter writer)
    {
        writer.AddUid(DicomTag.RequestedSOPClassUID, RequestedSOPClassUID);
        writer.AddUInt16(DicomTag.CommandField, (ushort)Field);
        writer.AddUInt16(DicomTag.MessageID, MessageID);
        WriteDatasetType(writer);
        writer.AddUid(DicomTag.RequestedSOPInstanceUID, RequestedSOPInstanceUID);
        writer.AddUInt16(DicomTag.ActionTypeID, ActionTypeID);
    }
}
