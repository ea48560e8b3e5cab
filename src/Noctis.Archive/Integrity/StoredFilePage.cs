namespace Noctis.Archive.Integrity;

/// <summary>Some files in the order of their rows.</summary>
/// <param name="Files">Without those that are being removed at the moment.</param>
/// <param name="Last">The last row that was looked at; null when there was none, so that the end is reached.</param>
internal sealed record StoredFilePage(IReadOnlyList<StoredFile> Files, long? Last);
