namespace Noctis.Archive.Studies;

/// <summary>
/// A person as one facility's devices name them. The same Patient ID from the same issuer is the same patient; objects without
/// a Patient ID make one patient a study, because two people without an ID have nothing in common.
/// </summary>
public sealed class Patient : ITenantOwned
{
    public const int KeyLength = 40;

    public long Id { get; set; }

    public Guid FacilityId { get; set; }

    /// <summary>What makes the patient unique in the facility; see <see cref="Ingest.PatientKey"/>. Not to be shown.</summary>
    public string PatientKey { get; set; } = "";

    [FromHeader(64)] public string? PatientID { get; set; }

    [FromHeader(64)] public string? IssuerOfPatientID { get; set; }

    /// <summary>As sent: all component groups, with carets.</summary>
    [FromHeader(256)] public string? PatientName { get; set; }

    /// <summary>As people write it: "Müller, Anna".</summary>
    public string? PatientNameDisplay { get; set; }

    /// <summary>Folded by <see cref="SearchText.Fold"/>, carets kept: <c>MULLER^ANNA</c>.</summary>
    public string PatientNameFolded { get; set; } = "";

    public string PatientIDFolded { get; set; } = "";

    [FromHeader] public DateOnly? PatientBirthDate { get; set; }

    [FromHeader] public TimeOnly? PatientBirthTime { get; set; }

    [FromHeader(16)] public string? PatientSex { get; set; }

    [FromHeader(256)] public string? OtherPatientIDs { get; set; }

    [FromHeader(256)] public string? OtherPatientNames { get; set; }

    [FromHeader(32)] public string? EthnicGroup { get; set; }

    [FromHeader(1000)] public string? PatientComments { get; set; }

    public DateTime CreatedUtc { get; set; }

    public DateTime UpdatedUtc { get; set; }
}
