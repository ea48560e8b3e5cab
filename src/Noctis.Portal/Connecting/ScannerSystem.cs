namespace Noctis.Portal.Connecting;

/// <summary>A maker or program for which the steps are written down.</summary>
/// <param name="Key">Names it in the page's address.</param>
/// <param name="Name">As people call it.</param>
/// <param name="Steps">The component that shows them; it has one parameter, Values.</param>
public sealed record ScannerSystem(string Key, string Name, Type Steps)
{
    public static IReadOnlyList<ScannerSystem> All { get; } =
    [
        new("ge", "GE", typeof(Systems.GeSteps)),
        new("siemens", "Siemens", typeof(Systems.SiemensSteps)),
        new("philips", "Philips", typeof(Systems.PhilipsSteps)),
        new("canon", "Canon", typeof(Systems.CanonSteps)),
        new("horos", "Horos, OsiriX", typeof(Systems.HorosSteps)),
        new("radiant", "RadiAnt", typeof(Systems.RadiantSteps)),
        new("dcm4che", "dcm4che", typeof(Systems.Dcm4cheSteps)),
        new("dcmtk", "DCMTK", typeof(Systems.DcmtkSteps)),
    ];

    public static ScannerSystem Find(string? key) => All.FirstOrDefault(system => system.Key == key) ?? All[0];
}
