namespace Noctis.Archive.Storage;

/// <summary>When the disk will be at its floor, if it goes on as in the last weeks.</summary>
/// <param name="GrowthPerDay">Of all facilities together, in bytes.</param>
/// <param name="DaysLeft">0 when it is there; null when the system does not say how much is free, when nothing grows, or when it would last for ten years.</param>
public sealed record DiskForecast(long GrowthPerDay, int? DaysLeft);
