using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Messages;

/// <summary>N-DELETE-RQ (PS3.7 10.3.6.1, Table 10.3-11).</summary>
public sealed class NDeleteRequest : DimseRequest
{
    /// <inheritdoc/>
    public override CommandField Field => CommandField.NDeleteRequest;

    /// <summary>Requested SOP Class UID, (0000,0003): may be another than the abstract syntax, where that is a meta SOP class.</summary>
    public required string RequestedSOPClassUID { get; init; }

    /// <summary>Requested SOP Instance UID, (0000,1001).</summary>
    public required string RequestedSOPInstanceUID { get; init; }

    internal static NDeleteRequest Read(DimseOperation operation, DicomDataset? dataset) => new()
    {
        MessageID = operation.Request.MessageID.GetValueOrDefault(),
        RequestedSOPClassUID = operation.Request.GetString(DicomTag.RequestedSOPClassUID) ?? operation.PresentationContext.AbstractSyntax,
        RequestedSOPInstanceUID = operation.Request.GetString(DicomTag.RequestedSOPInstanceUID) ?? "",
        Dataset = dataset,
    };

    internal override void WriteElements(CommandSetWriter writer)
    {
        writer.AddUid(DicomTag.RequestedSOPClassUID, RequestedSOPClassUID);
        writer.AddUInt16(DicomTag.CommandField, (ushort)Field);
        writer.AddUInt16(DicomTag.MessageID, MessageID);
        WriteDatasetType(writer);
        writer.AddUid(DicomTag.RequestedSOPInstanceUID, RequestedSOPInstanceUID);
    }
}
