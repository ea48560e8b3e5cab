namespace Noctis.Archive.Quarantine;

/// <summary>
/// An object that a device sent which is not registered. Its file is durable as any other's, but no study knows of it: its facility's
/// managers see it, and release or discard it.
/// </summary>
public sealed class QuarantinedInstance : ITenantOwned
{
    public long Id { get; set; }

    public Guid FacilityId { get; set; }

    public DateTime ReceivedUtc { get; set; }

    public string CallingAETitle { get; set; } = "";

    public string CalledAETitle { get; set; } = "";

    public string RemoteAddress { get; set; } = "";

    public string StudyInstanceUID { get; set; } = "";

    public string SeriesInstanceUID { get; set; } = "";

    public string SOPClassUID { get; set; } = "";

    public string SOPInstanceUID { get; set; } = "";

    public string TransferSyntaxUID { get; set; } = "";

    /// <summary>As people write it.</summary>
    public string? PatientName { get; set; }

    public string? PatientID { get; set; }

    public DateOnly? StudyDate { get; set; }

    public string? StudyDescription { get; set; }

    public string? Modality { get; set; }

    public long Bytes { get; set; }

    public byte[] ContentHash { get; set; } = [];

    /// <summary>Below the facility's folder, with forward slashes.</summary>
    public string StoragePath { get; set; } = "";
}
