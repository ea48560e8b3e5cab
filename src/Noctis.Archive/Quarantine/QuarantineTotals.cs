namespace Noctis.Archive.Quarantine;

/// <summary>What waits in a facility's quarantine.</summary>
public readonly record struct QuarantineTotals(long Instances, long Bytes);
