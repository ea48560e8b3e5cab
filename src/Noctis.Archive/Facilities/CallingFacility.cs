namespace Noctis.Archive.Facilities;

/// <summary>A facility that a calling AE title may belong to: its own title (no device), or one of its devices'.</summary>
public sealed record CallingFacility(Guid FacilityId, string FacilityAETitle, long? DeviceId, string? ExpectedAddress);
