namespace Noctis.Archive.Traffic;

/// <summary>A facility's traffic over a stretch of time.</summary>
public sealed record FacilityTraffic(Guid FacilityId, TrafficPoint Total);
