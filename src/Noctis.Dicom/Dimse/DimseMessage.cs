using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse;

/// <summary>A DIMSE message that can be sent: its command set, by the fields that PS3.7 9.3 and 10.3 give it. Immutable.</summary>
public abstract class DimseMessage
{
    private protected DimseMessage()
    {
    }

    /// <summary>Command Field, (0000,0100).</summary>
    public abstract CommandField Field { get; }

    /// <summary>
    /// The data set that goes with the message, where it is held in memory: an identifier, attributes, an action's or event's
    /// information. Null when there is none, and for a C-STORE-RQ, whose data set is streamed.
    /// </summary>
    public DicomDataset? Dataset { get; init; }

    /// <summary>A data set goes with the message: Command Data Set Type, (0000,0800).</summary>
    public virtual bool HasDataset => Dataset is not null;

    /// <summary>Writes every element but Command Group Length, in the order of the tags.</summary>
    internal abstract void WriteElements(CommandSetWriter writer);

    /// <summary>Writes Command Data Set Type (PS3.7 E.1: 0101H when there is none, any other value when there is).</summary>
    private protected void WriteDatasetType(CommandSetWriter writer) =>
        writer.AddUInt16(DicomTag.CommandDataSetType, HasDataset ? (ushort)0x0000 : (ushort)0x0101);
}
