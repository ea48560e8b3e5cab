namespace Noctis.Archive.Integrity;

/// <summary>The object in the index that an orphan is a copy of.</summary>
/// <param name="File">Its own file.</param>
/// <param name="IsTrashed">Whether its study lies in the trash.</param>
internal sealed record OrphanTwin(StoredFile File, bool IsTrashed);
