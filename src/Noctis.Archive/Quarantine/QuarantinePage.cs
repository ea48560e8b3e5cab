namespace Noctis.Archive.Quarantine;

/// <summary>A page of what waits in quarantine.</summary>
/// <param name="Groups">Newest first.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record QuarantinePage(IReadOnlyList<QuarantineGroup> Groups, long? Next);
