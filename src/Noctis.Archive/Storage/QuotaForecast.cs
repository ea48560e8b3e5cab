namespace Noctis.Archive.Storage;

/// <summary>When a facility's quota will be used up, if it goes on as in the last weeks.</summary>
/// <param name="FacilityId">Whose.</param>
/// <param name="GrowthPerDay">In bytes.</param>
/// <param name="DaysLeft">0 when it is used up; null when it is not growing, or would last for ten years.</param>
public sealed record QuotaForecast(Guid FacilityId, long GrowthPerDay, int? DaysLeft);
