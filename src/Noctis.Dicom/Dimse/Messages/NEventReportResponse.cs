using System.Diagnostics.CodeAnalysis;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Messages;

/// <summary>N-EVENT-REPORT-RSP; its data set is the event reply (PS3.7 10.3.1.2, Table 10.3-2).</summary>
public sealed class NEventReportResponse : DimseResponse
{
    /// <summary>Makes a response to send.</summary>
    public NEventReportResponse()
    {
    }

    [SetsRequiredMembers]
    internal NEventReportResponse(CommandSet received, DicomDataset? dataset)
        : base(received, dataset)
    {
        EventTypeID = received.GetUInt16(DicomTag.EventTypeID);
    }

    /// <inheritdoc/>
    public override CommandField Field => CommandField.NEventReportResponse;

    /// <summary>Event Type ID, (0000,1002).</summary>
    public ushort? EventTypeID { get; init; }

    private protected override void WriteFurtherElements(CommandSetWriter writer)
    {
        if (EventTypeID is { } id)
            writer.AddUInt16(DicomTag.EventTypeID, id);
    }
}
