using System.Diagnostics.CodeAnalysis;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Messages;

/// <summary>N-GET-RSP; its data set holds the attributes asked for (PS3.7 10.3.2.2, Table 10.3-4).</summary>
public sealed class NGetResponse : DimseResponse
{
    /// <summary>Makes a response to send.</summary>
    public NGetResponse()
    {
    }

    [SetsRequiredMembers]
    internal NGetResponse(CommandSet received, DicomDataset? dataset)
        : base(received, dataset)
    {
        AttributeIdentifierList = received.GetTags(DicomTag.AttributeIdentifierList);
    }

    /// <inheritdoc/>
    public override CommandField Field => CommandField.NGetResponse;

    /// <summary>Attribute Identifier List, (0000,1005): the attributes that a warning or failure is about.</summary>
    public IReadOnlyList<DicomTag> AttributeIdentifierList { get; init; } = [];

    private protected override void WriteFurtherElements(CommandSetWriter writer)
    {
        writer.AddTags(DicomTag.AttributeIdentifierList, AttributeIdentifierList);
    }
}
