namespace Noctis.Archive.Storage;

/// <summary>An object that is on disk under its final name, and not yet known to the index.</summary>
/// <param name="FacilityId">Whose it is.</param>
/// <param name="SopInstanceUid">The identifier under which the index would know it.</param>
/// <param name="RelativePath">Its final name, below the facility's folder.</param>
/// <param name="MarkPath">The name in <c>incoming/</c> that marks it as unfinished.</param>
internal sealed record PlacedObject(Guid FacilityId, string SopInstanceUid, string RelativePath, string MarkPath)
{
    /// <summary>Its file, when it goes into the index first; then there is no mark.</summary>
    public HeldFile? Held { get; init; }
}
