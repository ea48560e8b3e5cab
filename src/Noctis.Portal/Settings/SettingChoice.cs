namespace Noctis.Portal.Settings;

/// <summary>A value that can be chosen, with what people call it and what it means.</summary>
public sealed record SettingChoice(string Value, string Text, string Sentence);
