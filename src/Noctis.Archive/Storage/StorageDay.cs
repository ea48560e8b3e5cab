namespace Noctis.Archive.Storage;

/// <summary>What a facility holds of one modality at the end of a day, or so far if the day is today's: the figures behind growth and forecast.</summary>
public sealed class StorageDay : ITenantOwned
{
    public const int ModalityLength = 16;

    public Guid FacilityId { get; set; }

    /// <summary>In UTC.</summary>
    public DateOnly Day { get; set; }

    /// <summary>Empty for series that name none.</summary>
    public string Modality { get; set; } = "";

    /// <summary>Studies with a series of this modality; a study of two modalities counts for both.</summary>
    public long Studies { get; set; }

    public long Instances { get; set; }

    public long Bytes { get; set; }
}
