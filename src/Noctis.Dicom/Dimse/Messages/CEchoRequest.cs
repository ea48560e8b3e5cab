using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Messages;

/// <summary>C-ECHO-RQ (PS3.7 9.3.5.1, Table 9.3-12).</summary>
public sealed class CEchoRequest : DimseRequest
{
    /// <inheritdoc/>
    public override CommandField Field => CommandField.CEchoRequest;

    /// <summary>Affected SOP Class UID, (0000,0002): Verification.</summary>
    public string AffectedSOPClassUID { get; init; } = DicomUID.Verification.Value;

    internal override void WriteElements(CommandSetWriter writer)
    {
        writer.AddUid(DicomTag.AffectedSOPClassUID, AffectedSOPClassUID);
        writer.AddUInt16(DicomTag.CommandField, (ushort)Field);
        writer.AddUInt16(DicomTag.MessageID, MessageID);
        WriteDatasetType(writer);
    }
}
