namespace Noctis.Archive.Studies;

/// <summary>One page of the instances of a series, by instance number.</summary>
/// <param name="Instances">In order.</param>
/// <param name="Next">To be handed to the next call; null on the last page.</param>
public sealed record InstancePage(IReadOnlyList<Instance> Instances, InstanceCursor? Next);
