namespace Noctis.Archive.Ingest;

/// <summary>Where an object came to stand in the index.</summary>
/// <param name="StudyId">The row of its study.</param>
/// <param name="SeriesId">The row of its series.</param>
/// <param name="InstanceId">Its own row.</param>
/// <param name="SupersededPath">The file of the copy that it replaced; nobody's any more, to be removed.</param>
/// <param name="IsNewStudy">Whether it is the first of its study.</param>
internal sealed record IndexedInstance(long StudyId, long SeriesId, long InstanceId, string? SupersededPath, bool IsNewStudy);
