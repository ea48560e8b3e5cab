using Noctis.Archive.Storage;

namespace Noctis.Archive.Integrity;

/// <summary>An object's file that was come across on disk.</summary>
/// <param name="FacilityId">In whose folder it lies.</param>
/// <param name="StoragePath">Where, below the facility's folder, with forward slashes.</param>
/// <param name="Name">How its name begins: a SOP Instance UID, or whatever the facility's setting was when it came.</param>
/// <param name="Version">The copy that it is.</param>
internal sealed record FoundFile(Guid FacilityId, string StoragePath, string Name, Guid Version)
{
    /// <summary>Reads a path <c>…/name.version.dcm</c>; null for what bears no object's name, which is not ours to touch.</summary>
    public static FoundFile? TryParse(Guid facilityId, string storagePath)
    {
        if (!storagePath.EndsWith(StoragePaths.ObjectExtension, StringComparison.Ordinal)) return null;
        string rest = storagePath[(storagePath.LastIndexOf('/') + 1)..^StoragePaths.ObjectExtension.Length];
        int dot = rest.LastIndexOf('.');
        return dot > 0 && Guid.TryParseExact(rest.AsSpan(dot + 1), "N", out Guid version) ? new FoundFile(facilityId, storagePath, rest[..dot], version) : null;
    }

    /// <summary>Whether it was received after the copy of another path: versions begin with the time (RFC 9562 5.7).</summary>
    public bool IsNewerThan(string storagePath) => TryParse(FacilityId, storagePath) is { } other && Version.CompareTo(other.Version) > 0;
}
