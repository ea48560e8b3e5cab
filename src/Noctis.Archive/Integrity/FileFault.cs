using Noctis.Archive.Storage;

namespace Noctis.Archive.Integrity;

/// <summary>A faulty file, with what people know its image by.</summary>
public sealed record FileFault
{
    public required long InstanceId { get; init; }

    public required long StudyId { get; init; }

    public required long SeriesId { get; init; }

    public required FaultKind Kind { get; init; }

    /// <summary>Whether it is the file of a kept older version, so that the image itself may be whole.</summary>
    public required bool IsOfVersion { get; init; }

    public required DateTime FoundUtc { get; init; }

    public string? PatientName { get; init; }

    public string? PatientId { get; init; }

    public DateOnly? StudyDate { get; init; }

    public string? Modality { get; init; }

    public int? SeriesNumber { get; init; }

    public int? InstanceNumber { get; init; }

    public required string SopInstanceUid { get; init; }
}
