using Noctis.Archive.Settings;

namespace Noctis.Portal.Settings;

/// <summary>One of a few values, each with a name and a sentence of what it means.</summary>
public sealed record ChoiceField<T>(
    SettingInfo Info, Func<FacilitySettings, T> Get, Func<FacilitySettings, T, FacilitySettings> Set, IReadOnlyList<(T Value, string Text, string Sentence)> Values)
    : SettingField<T>(Info, Get, Set), IChoiceField
    where T : struct, Enum
{
    public IReadOnlyList<SettingChoice> Choices { get; } = [.. Values.Select(value => new SettingChoice(value.Value.ToString(), value.Text, value.Sentence))];

    public string Chosen(FacilitySettings settings) => Get(settings).ToString();

    public FacilitySettings Choose(FacilitySettings settings, string value) => Set(settings, Enum.Parse<T>(value));

    public override string Say(FacilitySettings settings) =>
        Choices.FirstOrDefault(choice => choice.Value == Chosen(settings)) is { } choice ? char.ToLowerInvariant(choice.Text[0]) + choice.Text[1..] : Chosen(settings);
}
