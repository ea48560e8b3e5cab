using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Messages;

/// <summary>C-FIND-RQ; its data set is the identifier that says what to look for and what to return (PS3.7 9.3.2.1, Table 9.3-3).</summary>
public sealed class CFindRequest : DimseRequest
{
    /// <inheritdoc/>
    public override CommandField Field => CommandField.CFindRequest;

    /// <summary>Affected SOP Class UID, (0000,0002): of a received request, the abstract syntax of its presentation context.</summary>
    public required string AffectedSOPClassUID { get; init; }

    /// <summary>Priority, (0000,0700).</summary>
    public Priority Priority { get; init; }

    internal static CFindRequest Read(DimseOperation operation, DicomDataset identifier) => new()
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
