using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Messages;

/// <summary>N-CREATE-RQ; its data set is the attribute list (PS3.7 10.3.5.1, Table 10.3-9).</summary>
public sealed class NCreateRequest : DimseRequest
{
    /// <inheritdoc/>
    public override CommandField Field => CommandField.NCreateRequest;

    /// <summary>Affected SOP Class UID, (0000,0002): may be another than the abstract syntax, where that is a meta SOP class.</summary>
    public required string AffectedSOPClassUID { get; init; }

    /// <summary>Affected SOP Instance UID, (0000,1000); null to leave the choice to the provider.</summary>
    public string? AffectedSOPInstanceUID { get; init; }

    internal static NCreateRequest Read(DimseOperation operation, DicomDataset? dataset) => new()
    {
        MessageID = operation.Request.MessageID.GetValueOrDefault(),
        AffectedSOPClassUID = operation.Request.GetString(DicomTag.AffectedSOPClassUID) ?? operation.PresentationContext.AbstractSyntax,
        AffectedSOPInstanceUID = operation.Request.GetString(DicomTag.AffectedSOPInstanceUID),
        Dataset = dataset,
    };

    internal override void WriteElements(CommandSetWriter writer)
    {
        writer.AddUid(DicomTag.AffectedSOPClassUID, AffectedSOPClassUID);
        writer.AddUInt16(DicomTag.CommandField, (ushort)Field);
        writer.AddUInt16(DicomTag.MessageID, MessageID);
        WriteDatasetType(writer);
        writer.AddUid(DicomTag.AffectedSOPInstanceUID, AffectedSOPInstanceUID);
    }
}
