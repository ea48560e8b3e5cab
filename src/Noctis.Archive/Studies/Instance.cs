namespace Noctis.Archive.Studies;

/// <summary>One object and the file that holds it.</summary>
public sealed class Instance : ITenantOwned
{
    public long Id { get; set; }

    public Guid FacilityId { get; set; }

    public long SeriesId { get; set; }

    [FromHeader(64)] public string SOPInstanceUID { get; set; } = "";

    [FromHeader(64)] public string SOPClassUID { get; set; } = "";

    public string TransferSyntaxUID { get; set; } = "";

    [FromHeader] public int? InstanceNumber { get; set; }

    [FromHeader] public int? Rows { get; set; }

    [FromHeader] public int? Columns { get; set; }

    [FromHeader] public int? NumberOfFrames { get; set; }

    [FromHeader] public int? BitsAllocated { get; set; }

    [FromHeader(16)] public string? PhotometricInterpretation { get; set; }

    [FromHeader(128)] public string? ImageType { get; set; }

    [FromHeader] public DateOnly? ContentDate { get; set; }

    [FromHeader] public TimeOnly? ContentTime { get; set; }

    [FromHeader] public DateOnly? AcquisitionDate { get; set; }

    [FromHeader] public TimeOnly? AcquisitionTime { get; set; }

    [FromHeader] public int? AcquisitionNumber { get; set; }

    /// <summary>Of the whole file, meta group included.</summary>
    public long Bytes { get; set; }

    /// <summary>The file, below the facility's folder, with forward slashes.</summary>
    public string StoragePath { get; set; } = "";

    public DateTime ReceivedUtc { get; set; }

    public string SourceAETitle { get; set; } = "";

    public string SourceAddress { get; set; } = "";

    /// <summary>XxHash128 of the data set as it was received: all that follows the meta group. Null for what is older than hashing.</summary>
    public byte[]? ContentHash { get; set; }

    /// <summary>How often it arrived.</summary>
    public int TimesReceived { get; set; }
}
