namespace Noctis.Archive.Storage;

/// <summary>An image that arrived with differing content.</summary>
public sealed record VersionedImage(long InstanceId, int? SeriesNumber, int? InstanceNumber);
