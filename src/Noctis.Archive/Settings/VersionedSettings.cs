namespace Noctis.Archive.Settings;

/// <summary>Settings with the version that a change of them has to name; 0 where nobody has changed the defaults yet.</summary>
public sealed record VersionedSettings(FacilitySettings Settings, int Version);
