using Noctis.Archive.Settings;

namespace Noctis.Portal.Settings;

/// <summary>A <see cref="ChoiceField{T}"/> of whatever type.</summary>
public interface IChoiceField
{
    IReadOnlyList<SettingChoice> Choices { get; }

    string Chosen(FacilitySettings settings);

    FacilitySettings Choose(FacilitySettings settings, string value);
}
