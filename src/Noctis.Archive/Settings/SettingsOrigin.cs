namespace Noctis.Archive.Settings;

/// <summary>Where a change of settings comes from; by default an edit.</summary>
public readonly record struct SettingsOrigin(SettingsChangeCause Cause, long? UndoneChangeId = null);
