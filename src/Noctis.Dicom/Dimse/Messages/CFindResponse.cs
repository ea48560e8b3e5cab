using System.Diagnostics.CodeAnalysis;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Messages;

/// <summary>C-FIND-RSP; a pending one has the identifier of a match as its data set (PS3.7 9.3.2.2, Table 9.3-4).</summary>
public sealed class CFindResponse : DimseResponse
{
    /// <summary>Makes a response to send.</summary>
    public CFindResponse()
    {
    }

    [SetsRequiredMembers]
    internal CFindResponse(CommandSet received, DicomDataset? dataset)
        : base(received, dataset)
    {
    }

    /// <inheritdoc/>
    public override CommandField Field => CommandField.CFindResponse;
}
