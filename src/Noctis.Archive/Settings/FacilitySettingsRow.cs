namespace Noctis.Archive.Settings;

/// <summary>A facility's <see cref="FacilitySettings"/> as they are kept. A facility without a row has the defaults.</summary>
public sealed class FacilitySettingsRow : ITenantOwned
{
    public Guid FacilityId { get; init; }

    /// <summary>See <see cref="SettingsDocument"/>.</summary>
    public required string Document { get; set; }

    /// <summary>Counts changes, so that of two who save at once the second is told, and whoever has read a version need not read it again.</summary>
    public int Version { get; set; } = 1;

    public DateTime ChangedUtc { get; set; }
}
