namespace Noctis.Archive.Retention;

/// <summary>One page of the trash.</summary>
/// <param name="Studies">Newest deletion first.</param>
/// <param name="Next">Before which the next page begins; null on the last one.</param>
public sealed record TrashPage(IReadOnlyList<TrashRow> Studies, long? Next);
