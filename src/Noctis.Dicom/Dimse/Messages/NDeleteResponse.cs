using System.Diagnostics.CodeAnalysis;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Messages;

/// <summary>N-DELETE-RSP (PS3.7 10.3.6.2, Table 10.3-12).</summary>
public sealed class NDeleteResponse : DimseResponse
{
    /// <summary>Makes a response to send.</summary>
    public NDeleteResponse()
    {
    }

    [SetsRequiredMembers]
    internal NDeleteResponse(CommandSet received, DicomDataset? dataset)
        : base(received, dataset)
    {
    }

    /// <inheritdoc/>
    public override CommandField Field => CommandField.NDeleteResponse;
}
