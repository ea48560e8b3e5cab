using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Services;

/// <summary>How an N-service ended, from which its response is made (PS3.7 10.3). Immutable.</summary>
/// <param name="Status">The status to answer.</param>
public sealed record NServiceResult(DicomStatus Status)
{
    /// <summary>Done.</summary>
    public static NServiceResult Success { get; } = new(DicomStatus.Success);

    /// <summary>The data set of the response: attributes, an action's or event's reply; null for none.</summary>
    public DicomDataset? Dataset { get; init; }

    /// <summary>Why, for the engineer of the peer; null when there is nothing to say. At most 64 characters are sent. No patient data.</summary>
    public string? ErrorComment { get; init; }

    /// <summary>Attributes that a warning or failure is about, (0000,1005): of N-CREATE, N-GET and N-SET.</summary>
    public IReadOnlyList<DicomTag> AttributeIdentifierList { get; init; } = [];

    /// <summary>UID of the instance, where the provider chose it for an N-CREATE that named none; null for that of the request.</summary>
    public string? AffectedSOPInstanceUID { get; init; }
}
