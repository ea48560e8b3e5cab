namespace Noctis.Archive.Studies;

/// <summary>What to look for in the study list. Whatever is null or empty does not narrow the search; what is set has to hold together.</summary>
public sealed record StudySearch
{
    public const int MaxPageSize = 200;

    /// <summary>Words, each of which has to occur in patient name, patient ID, accession number, study ID or description, whatever its case and accents.</summary>
    public string? Text { get; init; }

    /// <summary>Words, each of which has to occur in the patient's name.</summary>
    public string? PatientName { get; init; }

    /// <summary>The beginning of the Patient ID.</summary>
    public string? PatientId { get; init; }

    /// <summary>The beginning of the accession number.</summary>
    public string? AccessionNumber { get; init; }

    /// <summary>The first study date.</summary>
    public DateOnly? DateFrom { get; init; }

    /// <summary>The last study date.</summary>
    public DateOnly? DateTo { get; init; }

    /// <summary>The earliest arrival of a study's first image.</summary>
    public DateTime? ArrivedFromUtc { get; init; }

    /// <summary>The time before which a study's first image arrived.</summary>
    public DateTime? ArrivedBeforeUtc { get; init; }

    /// <summary>Any one of these in the study, such as CT.</summary>
    public IReadOnlyCollection<string> Modalities { get; init; } = [];

    /// <summary>Who sent the newest image.</summary>
    public string? SourceAETitle { get; init; }

    /// <summary>Where to go on: <see cref="StudyPage.Next"/> or <see cref="StudyPage.Previous"/> of another page; null for the first page.</summary>
    public StudyCursor? Cursor { get; init; }

    public int PageSize { get; init; } = 50;

    public StudyOrder Order { get; init; } = StudyOrder.NewestFirst;
}
