using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Messages;

/// <summary>C-GET-RQ; its data set is the identifier that says what to send (PS3.7 9.3.3.1, Table 9.3-6).</summary>
public sealed class CGetRequest : RetrieveRequest
{
    /// <inheritdoc/>
    public override CommandField Field => CommandField.CGetRequest;

    internal static CGetRequest Read(DimseOperation operation, DicomDataset identifier) => new()
    {
        MessageID = operation.Request.MessageID.GetValueOrDefault(),
        AffectedSOPClassUID = operation.PresentationContext.AbstractSyntax,
        Priority = (Priority)operation.Request.GetUInt16(DicomTag.Priority).GetValueOrDefault(),
        Dataset = identifier,
    };

    internal override void WriteElements(CommandSetWriter writer)
    {
        writer.AddUid(DicomTag.AffectedSOPClassUID, AffectedSOPClassUID);
        writer.AddUInt16(DicomTag.CommandField, (ushort)Field);
        writer.AddUInt16(DicomTag.MessageID, MessageID);
        writer.AddUInt16(DicomTag.Priority, (ushort)Priority);
        WriteDatasetType(writer);
    }
}
