namespace Noctis.Archive.Retention;

/// <summary>A study that came back from the trash.</summary>
/// <param name="StudyId">Where it is now.</param>
/// <param name="IsMerged">Whether it had been received anew meanwhile, and what only the trash had went to that study.</param>
/// <param name="IsPinnedNow">Whether it was pinned, because clean-up would have taken it again at once.</param>
public sealed record RestoredStudy(long StudyId, bool IsMerged, bool IsPinnedNow);
