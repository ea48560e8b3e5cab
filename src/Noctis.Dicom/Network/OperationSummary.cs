using Noctis.Dicom.Dimse;

namespace Noctis.Dicom.Network;

/// <summary>A DIMSE operation that has ended, in numbers.</summary>
public sealed record OperationSummary
{
    /// <summary>The request.</summary>
    public required CommandField Command { get; init; }

    /// <summary>UID of the SOP class in the request; null when it has none.</summary>
    public string? SOPClassUID { get; init; }

    /// <summary>UID of the SOP instance in the request; null when it has none.</summary>
    public string? SOPInstanceUID { get; init; }

    /// <summary>UID of the transfer syntax of the presentation context.</summary>
    public string? TransferSyntaxUID { get; init; }

    /// <summary>The final status answered; null when the association ended before one could be.</summary>
    public DicomStatus? Status { get; init; }

    /// <summary>The error comment answered, or why nothing was.</summary>
    public string? Comment { get; init; }

    /// <summary>Bytes of the data set that was received.</summary>
    public long DatasetBytes { get; init; }

    /// <summary>When the request had arrived.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>From the request to the final answer.</summary>
    public required TimeSpan Duration { get; init; }
}
