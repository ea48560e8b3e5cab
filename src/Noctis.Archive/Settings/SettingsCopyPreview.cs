using Noctis.Archive.Storage;

namespace Noctis.Archive.Settings;

/// <summary>A facility's settings as they are, and as they would be once others had been copied over them.</summary>
public sealed record SettingsCopyPreview(FacilitySettings Before, FacilitySettings After, StorageSettingsDraft StorageBefore, StorageSettingsDraft StorageAfter);
