using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Messages;

/// <summary>N-EVENT-REPORT-RQ; its data set is the event information (PS3.7 10.3.1.1, Table 10.3-1).</summary>
public sealed class NEventReportRequest : DimseRequest
{
    /// <inheritdoc/>
    public override CommandField Field => CommandField.NEventReportRequest;

    /// <summary>Affected SOP Class UID, (0000,0002): may be another than the abstract syntax, where that is a meta SOP class.</summary>
    public required string AffectedSOPClassUID { get; init; }

    /// <summary>Affected SOP Instance UID, (0000,1000).</summary>
    public required string AffectedSOPInstanceUID { get; init; }

    /// <summary>Event Type ID, (0000,1002).</summary>
    public required ushort EventTypeID { get; init; }

    internal static NEventReportRequest Read(DimseOperation operation, DicomDataset? dataset) => new()
    {
        MessageID = operation.Request.MessageID.GetValueOrDefault(),
        AffectedSOPClassUID = operation.Request.GetString(DicomTag.AffectedSOPClassUID) ?? operation.PresentationContext.AbstractSyntax,
        AffectedSOPInstanceUID = operation.Request.GetString(DicomTag.AffectedSOPInstanceUID) ?? "",
        EventTypeID = operation.Request.GetUInt16(DicomTag.EventTypeID).GetValueOrDefault(),
        Dataset = dataset,
    };

    internal override void WriteElements(CommandSetWriter writer)
    {
        writer.AddUid(DicomTag.AffectedSOPClassUID, AffectedSOPClassUID);
        writer.AddUInt16(DicomTag.CommandField, (ushort)Field);
        writer.AddUInt16(DicomTag.MessageID, MessageID);
        WriteDatasetType(writer);
        writer.AddUid(DicomTag.AffectedSOPInstanceUID, AffectedSOPInstanceUID);
        writer.AddUInt16(DicomTag.EventTypeID, EventTypeID);
    }
}
