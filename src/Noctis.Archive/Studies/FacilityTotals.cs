namespace Noctis.Archive.Studies;

/// <summary>What one facility has, for the administrator's list.</summary>
public sealed record FacilityTotals(Guid FacilityId, long Studies, long Images, long Bytes, DateTime LastReceivedUtc, string LastSourceAETitle);
