using Noctis.Archive.Facilities;

namespace Noctis.Archive.Settings;

/// <summary>What of a facility itself is changed like a setting, for the history.</summary>
internal sealed record FacilityIdentity(string Name, string AETitle, int Port)
{
    public const string Section = nameof(Facility);

    public static FacilityIdentity Of(Facility facility) => new(facility.Name, facility.AETitle, facility.Port);
}
