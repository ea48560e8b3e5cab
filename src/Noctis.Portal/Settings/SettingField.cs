using Noctis.Archive.Settings;

namespace Noctis.Portal.Settings;

/// <summary>One value of the settings: what is said of it, how it is read and set, and how people read it.</summary>
public abstract record SettingField(SettingInfo Info)
{
    /// <summary>As the rules name it: "Network.MaxAssociations".</summary>
    public string Key => $"{Info.Section}.{Info.Name}";

    public abstract bool Differs(FacilitySettings one, FacilitySettings other);

    /// <summary>The second settings with this value of the first.</summary>
    public abstract FacilitySettings Take(FacilitySettings from, FacilitySettings into);

    /// <summary>The value in words.</summary>
    public abstract string Say(FacilitySettings settings);
}
