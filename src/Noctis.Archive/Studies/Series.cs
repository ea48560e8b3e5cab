namespace Noctis.Archive.Studies;

public sealed class Series : ITenantOwned
{
    public long Id { get; set; }

    public Guid FacilityId { get; set; }

    public long StudyId { get; set; }

    [FromHeader(64)] public string SeriesInstanceUID { get; set; } = "";

    [FromHeader(16)] public string? Modality { get; set; }

    [FromHeader] public int? SeriesNumber { get; set; }

    [FromHeader(256)] public string? SeriesDescription { get; set; }

    [FromHeader] public DateOnly? SeriesDate { get; set; }

    [FromHeader] public TimeOnly? SeriesTime { get; set; }

    [FromHeader(64)] public string? BodyPartExamined { get; set; }

    [FromHeader(16)] public string? Laterality { get; set; }

    [FromHeader(16)] public string? PatientPosition { get; set; }

    [FromHeader(256)] public string? ProtocolName { get; set; }

    [FromHeader(64)] public string? StationName { get; set; }

    [FromHeader(128)] public string? InstitutionName { get; set; }

    [FromHeader(128)] public string? InstitutionalDepartmentName { get; set; }

    [FromHeader(128)] public string? Manufacturer { get; set; }

    [FromHeader(128)] public string? ManufacturerModelName { get; set; }

    [FromHeader(256)] public string? PerformingPhysicianName { get; set; }

    [FromHeader(256)] public string? OperatorsName { get; set; }

    [FromHeader] public DateOnly? PerformedProcedureStepStartDate { get; set; }

    [FromHeader] public TimeOnly? PerformedProcedureStepStartTime { get; set; }

    [FromHeader(64)] public string? PerformedProcedureStepID { get; set; }

    [FromHeader(256)] public string? PerformedProcedureStepDescription { get; set; }

    [FromHeader(64)] public string? FrameOfReferenceUID { get; set; }

    public int NumberOfInstances { get; set; }

    public long Bytes { get; set; }

    public DateTime FirstReceivedUtc { get; set; }

    public DateTime LastReceivedUtc { get; set; }

    /// <summary>Who sent the newest image.</summary>
    public string SourceAETitle { get; set; } = "";
}
