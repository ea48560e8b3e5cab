using Noctis.Archive.Facilities;

namespace Noctis.Archive.Settings;

/// <summary>What of a facility itself is changed like a setting, for the history.</summary>
public sealed record FacilityIdentity(string Name, string AETitle, int Port)
{
    internal const string Section = nameof(Facility);

    internal static FacilityIdentity Of(Facility facility) => new(facility.Name, facility.AETitle, facility.Port);
}
