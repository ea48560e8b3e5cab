namespace Noctis.Archive.Storage;

/// <summary>A name in <c>incoming/</c> whose process is gone.</summary>
/// <param name="FacilityId">The facility in whose folder it lies.</param>
/// <param name="Version">The version that it marks.</param>
/// <param name="Placement">How its final path is made.</param>
/// <param name="Path">The full path of the name.</param>
internal sealed record Leftover(Guid FacilityId, Guid Version, Placement Placement, string Path)
{
    /// <summary>Whether it is a marker, a text that holds the final path, and not the object itself.</summary>
    public bool IsMarker => Path.EndsWith(StoragePaths.MarkerExtension, StringComparison.Ordinal);
}
