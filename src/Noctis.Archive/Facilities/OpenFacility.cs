using Noctis.Archive.Accounts;

namespace Noctis.Archive.Facilities;

/// <summary>A facility that a person may open, and as what: null for an administrator without a membership.</summary>
public sealed record OpenFacility(Guid Id, string Name, string AETitle, FacilityState State, FacilityRole? Role);
