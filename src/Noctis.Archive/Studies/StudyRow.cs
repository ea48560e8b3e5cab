namespace Noctis.Archive.Studies;

/// <summary>A study as the list shows it.</summary>
public sealed record StudyRow
{
    public required long Id { get; init; }

    public required string StudyInstanceUid { get; init; }

    /// <summary>As people write it: "Müller, Anna"; null when the study has none.</summary>
    public string? PatientName { get; init; }

    /// <summary>The same name in Latin letters, where <see cref="PatientName"/> is in another script: "Yamada, Tarou".</summary>
    public string? PatientNameRomanized { get; init; }

    public string? PatientId { get; init; }

    public DateOnly? PatientBirthDate { get; init; }

    public string? PatientSex { get; init; }

    public DateOnly? StudyDate { get; init; }

    public TimeOnly? StudyTime { get; init; }

    public string? AccessionNumber { get; init; }

    public string? Description { get; init; }

    public required IReadOnlyList<string> Modalities { get; init; }

    public required int SeriesCount { get; init; }

    public required int InstanceCount { get; init; }

    public required long Bytes { get; init; }

    public required DateTime FirstReceivedUtc { get; init; }

    public required DateTime LastReceivedUtc { get; init; }

    /// <summary>Null while it is being received.</summary>
    public DateTime? CompletedUtc { get; init; }

    /// <summary>Who sent the newest image.</summary>
    public required string SourceAETitle { get; init; }

    /// <summary>Whether its images contradicted each other as to whose it is.</summary>
    public required bool HasPatientConflict { get; init; }

    /// <summary>Whether clean-up spares it.</summary>
    public required bool IsPinned { get; init; }
}
