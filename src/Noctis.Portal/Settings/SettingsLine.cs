namespace Noctis.Portal.Settings;

/// <summary>One thing that is another, in words: "Maximum associations: 10 → 20".</summary>
/// <param name="Section">The section of the settings that it belongs to, as in <see cref="Archive.Settings.SettingsCopying.Sections"/>.</param>
public sealed record SettingsLine(string Section, string Title, string Before, string After);
