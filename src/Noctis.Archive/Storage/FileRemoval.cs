namespace Noctis.Archive.Storage;

/// <summary>
/// A file that no row names any more. Written in the transaction that makes it so, and removed after the file: whatever happens
/// in between, the file is not forgotten.
/// </summary>
public sealed class FileRemoval : ITenantOwned
{
    public long Id { get; set; }

    public Guid FacilityId { get; set; }

    /// <summary>Below the facility's folder, with forward slashes.</summary>
    public string StoragePath { get; set; } = "";

    public DateTime SinceUtc { get; set; }
}
