using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Messages;

/// <summary>C-CANCEL-RQ, which asks to end a C-FIND, C-GET or C-MOVE early and has no response of its own (PS3.7 9.3.2.3, Table 9.3-5).</summary>
/// <param name="messageIDBeingRespondedTo">The message id of the operation to end.</param>
public sealed class CCancelRequest(ushort messageIDBeingRespondedTo) : DimseMessage
{
    /// <inheritdoc/>
    public override CommandField Field => CommandField.CCancelRequest;

    /// <summary>Message ID Being Responded To, (0000,0120): the operation to end.</summary>
    public ushort MessageIDBeingRespondedTo { get; } = messageIDBeingRespondedTo;

    internal override void WriteElements(CommandSetWriter writer)
    {
        writer.AddUInt16(DicomTag.CommandField, (ushort)Field);
        writer.AddUInt16(DicomTag.MessageIDBeingRespondedTo, MessageIDBeingRespondedTo);
        WriteDatasetType(writer);
    }
}
