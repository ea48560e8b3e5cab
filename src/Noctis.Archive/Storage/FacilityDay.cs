namespace Noctis.Archive.Storage;

/// <summary>What a facility held at the end of a day, all modalities together.</summary>
internal sealed record FacilityDay(Guid FacilityId, DateOnly Day, long Bytes);
