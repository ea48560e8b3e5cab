using System.Diagnostics.CodeAnalysis;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Messages;

/// <summary>C-STORE-RSP (PS3.7 9.3.1.2, Table 9.3-2).</summary>
public sealed class CStoreResponse : DimseResponse
{
    /// <summary>Makes a response to send.</summary>
    public CStoreResponse()
    {
    }

    [SetsRequiredMembers]
    internal CStoreResponse(CommandSet received, DicomDataset? dataset)
        : base(received, dataset)
    {
    }

    /// <inheritdoc/>
    public override CommandField Field => CommandField.CStoreResponse;
}
