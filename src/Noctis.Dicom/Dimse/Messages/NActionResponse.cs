using System.Diagnostics.CodeAnalysis;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Messages;

/// <summary>N-ACTION-RSP; its data set is the action reply (PS3.7 10.3.4.2, Table 10.3-8).</summary>
public sealed class NActionResponse : DimseResponse
{
    /// <summary>Makes a response to send.</summary>
    public NActionResponse()
    {
    }

    [SetsRequiredMembers]
    internal NActionResponse(CommandSet received, DicomDataset? dataset)
        : base(received, dataset)
    {
        ActionTypeID = received.GetUInt16(DicomTag.ActionTypeID);
    }

    /// <inheritdoc/>
    public override CommandField Field => CommandField.NActionResponse;

    /// <summary>Action Type ID, (0000,1008).</summary>
    public ushort? ActionTypeID { get; init; }

    private protected override void WriteFurtherElements(CommandSetWriter writer)
    {
        if (ActionTypeID is { } id)
            writer.AddUInt16(DicomTag.ActionTypeID, id);
    }
}
