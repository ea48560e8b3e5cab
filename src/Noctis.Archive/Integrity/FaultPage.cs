namespace Noctis.Archive.Integrity;

/// <summary>One page of faulty files, newest image first.</summary>
/// <param name="Faults">In order.</param>
/// <param name="Next">To be handed to the next call; null on the last page.</param>
public sealed record FaultPage(IReadOnlyList<FileFault> Faults, long? Next);
