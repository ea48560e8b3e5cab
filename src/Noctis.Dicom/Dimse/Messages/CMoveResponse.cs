using System.Diagnostics.CodeAnalysis;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Messages;

/// <summary>C-MOVE-RSP; the data set of the last one may list what failed, in Failed SOP Instance UID List (0008,0058) (PS3.7 9.3.4.2, Table 9.3-10).</summary>
public sealed class CMoveResponse : RetrieveResponse
{
    /// <summary>Makes a response to send.</summary>
    public CMoveResponse()
    {
    }

    [SetsRequiredMembers]
    internal CMoveResponse(CommandSet received, DicomDataset? dataset)
        : base(received, dataset)
    {
    }

    /// <inheritdoc/>
    public override CommandField Field => CommandField.CMoveResponse;
}
