namespace Noctis.Archive.Studies;

/// <summary>What arrived within one hour; hours in which nothing did have a point too.</summary>
public sealed record ArrivalPoint(DateTime HourUtc, int Studies, int Images, long Bytes);
