namespace Noctis.Archive.Storage;

/// <summary>
/// The bytes of a small object, in the index until its file is on disk: the commit that makes its row durable does the same for its content,
/// by one flush. What a crash leaves here, the next start writes into files. See <see cref="HeldFiles"/>.
/// </summary>
public sealed class HeldContent : ITenantOwned
{
    public long Id { get; set; }

    public Guid FacilityId { get; set; }

    /// <summary>Whose file it is.</summary>
    public long InstanceId { get; set; }

    /// <summary>Below the facility's folder, with forward slashes.</summary>
    public string StoragePath { get; set; } = "";

    /// <summary>The whole file.</summary>
    public byte[] Content { get; set; } = [];
}
