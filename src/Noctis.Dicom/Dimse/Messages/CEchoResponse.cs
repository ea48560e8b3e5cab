using System.Diagnostics.CodeAnalysis;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Messages;

/// <summary>C-ECHO-RSP (PS3.7 9.3.5.2, Table 9.3-13).</summary>
public sealed class CEchoResponse : DimseResponse
{
    /// <summary>Makes a response to send.</summary>
    public CEchoResponse()
    {
    }

    [SetsRequiredMembers]
    internal CEchoResponse(CommandSet received, DicomDataset? dataset)
        : base(received, dataset)
    {
    }

    /// <inheritdoc/>
    public override CommandField Field => CommandField.CEchoResponse;
}
