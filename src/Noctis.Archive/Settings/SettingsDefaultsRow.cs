namespace Noctis.Archive.Settings;

/// <summary>The settings that new facilities begin with; one row in the installation, none while nobody has set any.</summary>
public sealed class SettingsDefaultsRow
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    /// <summary>See <see cref="SettingsDocument"/>.</summary>
    public required string Document { get; set; }

    public int Version { get; set; } = 1;

    public DateTime ChangedUtc { get; set; }

    public required string ChangedBy { get; set; }
}
