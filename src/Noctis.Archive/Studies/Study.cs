namespace Noctis.Archive.Studies;

/// <summary>A study of one facility. Its id grows with the time of its first image, so that "newest first" is the order of ids.</summary>
public sealed class Study : ITenantOwned
{
    public long Id { get; set; }

    public Guid FacilityId { get; set; }

    /// <summary>The row of its patient; not to be mixed up with the Patient ID that people know.</summary>
    public long PatientRecordId { get; set; }

    [FromHeader(64)] public string StudyInstanceUID { get; set; } = "";

    /// <summary>
    /// The patient as this study's own images name him. Kept beside <see cref="Patient"/>, since in practice one Patient ID is
    /// used for several people, and the name of one must never appear on the study of another.
    /// </summary>
    [FromHeader(256)] public string? PatientName { get; set; }

    /// <summary>As people write it: "Müller, Anna".</summary>
    public string? PatientNameDisplay { get; set; }

    /// <summary>Folded by <see cref="Archive.SearchText.Fold"/>, carets kept: <c>MULLER^ANNA</c>.</summary>
    public string PatientNameFolded { get; set; } = "";

    [FromHeader(64)] public string? PatientID { get; set; }

    public string PatientIDFolded { get; set; } = "";

    [FromHeader(64)] public string? IssuerOfPatientID { get; set; }

    [FromHeader] public DateOnly? PatientBirthDate { get; set; }

    [FromHeader(16)] public string? PatientSex { get; set; }

    [FromHeader] public DateOnly? StudyDate { get; set; }

    [FromHeader] public TimeOnly? StudyTime { get; set; }

    [FromHeader(64)] public string? AccessionNumber { get; set; }

    public string AccessionNumberFolded { get; set; } = "";

    [FromHeader(64)] public string? StudyID { get; set; }

    [FromHeader(256)] public string? StudyDescription { get; set; }

    [FromHeader(256)] public string? ReferringPhysicianName { get; set; }

    [FromHeader(256)] public string? NameOfPhysiciansReadingStudy { get; set; }

    [FromHeader(256)] public string? AdmittingDiagnosesDescription { get; set; }

    [FromHeader(16)] public string? PatientAge { get; set; }

    [FromHeader(16)] public string? PatientSize { get; set; }

    [FromHeader(16)] public string? PatientWeight { get; set; }

    [FromHeader(64)] public string? Occupation { get; set; }

    [FromHeader(1000)] public string? AdditionalPatientHistory { get; set; }

    [FromHeader(64)] public string? RequestedProcedureID { get; set; }

    /// <summary>The modalities of its series, in alphabetical order, parted by backslashes as in DICOM: <c>CT\SR</c>.</summary>
    public string ModalitiesInStudy { get; set; } = "";

    /// <summary>Folded patient name, patient ID, accession number, study ID and description, for the one search field of the study list.</summary>
    public string SearchText { get; set; } = "";

    public int NumberOfSeries { get; set; }

    public int NumberOfInstances { get; set; }

    public long Bytes { get; set; }

    public DateTime FirstReceivedUtc { get; set; }

    public DateTime LastReceivedUtc { get; set; }

    /// <summary>Who sent the newest image.</summary>
    public string SourceAETitle { get; set; } = "";

    /// <summary>
    /// Patient IDs under which this study arrived before, newest first, when its senders contradicted each other. The study
    /// belongs to the patient named last, as a correction at the scanner is resent; this keeps the contradiction in sight.
    /// </summary>
    public string? EarlierPatientIDs { get; set; }

    /// <summary>When nothing more had come for a while; null while it is being received.</summary>
    public DateTime? CompletedUtc { get; set; }

    /// <summary>Spared by clean-up, however old it is.</summary>
    public bool IsPinned { get; set; }

    /// <summary>0 while it is there; else the <see cref="Retention.TrashedStudy"/> under which it lies in the trash.</summary>
    public long TrashId { get; set; }
}
