namespace Noctis.Archive.Settings;

/// <summary>What made a change of settings. Kept by name.</summary>
public enum SettingsChangeCause
{
    Edit,
    Undo,
    Copy,

    /// <summary>A fix offered with a refusal was taken.</summary>
    Fix,
}
