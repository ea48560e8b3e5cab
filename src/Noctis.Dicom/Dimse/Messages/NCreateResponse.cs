using System.Diagnostics.CodeAnalysis;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Messages;

/// <summary>N-CREATE-RSP; its data set holds the attributes as they were created (PS3.7 10.3.5.2, Table 10.3-10).</summary>
public sealed class NCreateResponse : DimseResponse
{
    /// <summary>Makes a response to send.</summary>
    public NCreateResponse()
    {
    }

    [SetsRequiredMembers]
    internal NCreateResponse(CommandSet received, DicomDataset? dataset)
        : base(received, dataset)
    {
        AttributeIdentifierList = received.GetTags(DicomTag.AttributeIdentifierList);
    }

    /// <inheritdoc/>
    public override CommandField Field => CommandField.NCreateResponse;

    /// <summary>Attribute Identifier List, (0000,1005): the attributes that a warning or failure is about.</summary>
    public IReadOnlyList<DicomTag> AttributeIdentifierList { get; init; } = [];

    private protected override void WriteFurtherElements(CommandSetWriter writer)
    {
        writer.AddTags(DicomTag.AttributeIdentifierList, AttributeIdentifierList);
    }
}
