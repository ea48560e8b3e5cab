namespace Noctis.Archive.Quarantine;

/// <summary>What waits in a facility's quarantine.</summary>
/// <param name="Instances">How many objects.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Faulty">Of the objects, those whose file was found to be damaged or missing.</param>
public readonly record struct QuarantineTotals(long Instances, long Bytes, int Faulty = 0);
