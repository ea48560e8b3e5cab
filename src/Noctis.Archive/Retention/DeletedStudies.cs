namespace Noctis.Archive.Retention;

/// <summary>What went to the trash.</summary>
/// <param name="Studies">How many.</param>
/// <param name="Bytes">What they take on disk, kept older versions included, until the trash is emptied.</param>
/// <param name="PurgeUtc">Until when they can be restored.</param>
public sealed record DeletedStudies(int Studies, long Bytes, DateTime PurgeUtc);
