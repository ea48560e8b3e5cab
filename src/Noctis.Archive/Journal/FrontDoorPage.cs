namespace Noctis.Archive.Journal;

/// <summary>Calls of the inbox, by the newest call of each caller.</summary>
/// <param name="Calls">Those of this page.</param>
/// <param name="Older">The key of the next page; null when there is none.</param>
public sealed record FrontDoorPage(IReadOnlyList<InboxCalls> Calls, long? Older);
