using Noctis.Archive.Settings;

namespace Noctis.Portal.Settings;

/// <summary>A value of one type. A whole number, with or without null for "the server's", an address, or a switch.</summary>
public record SettingField<T>(SettingInfo Info, Func<FacilitySettings, T> Get, Func<FacilitySettings, T, FacilitySettings> Set) : SettingField(Info)
{
    public override bool Differs(FacilitySettings one, FacilitySettings other) => !EqualityComparer<T>.Default.Equals(Get(one), Get(other));

    public override FacilitySettings Take(FacilitySettings from, FacilitySettings into) => Set(into, Get(from));

    public override string Say(FacilitySettings settings) => Get(settings) switch
    {
        null => "the server's",
        bool isOn => isOn ? "on" : "off",
        // Ten associations are said by the title already.
        int number => Info.Unit is null or "associations" ? Components.SizeText.Count(number) : Components.SizeText.Count(number, Info.Unit[..^1]),
        var value => value.ToString() ?? "",
    };
}
