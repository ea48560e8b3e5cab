namespace Noctis.Archive.Retention;

/// <summary>A study that clean-up may take.</summary>
/// <param name="FacilityId">Whose.</param>
/// <param name="StudyId">Which.</param>
/// <param name="LastReceivedUtc">By this they go, the oldest first.</param>
/// <param name="Bytes">What it takes on disk, kept older versions included.</param>
internal sealed record RetentionCandidate(Guid FacilityId, long StudyId, DateTime LastReceivedUtc, long Bytes)
{
    /// <summary>The first so many that together make room for <paramref name="bytes"/>.</summary>
    public static List<RetentionCandidate> Enough(IEnumerable<RetentionCandidate> oldest, long bytes)
    {
        var enough = new List<RetentionCandidate>();
        foreach (RetentionCandidate candidate in oldest)
        {
            if (bytes <= 0) break;
            enough.Add(candidate);
            bytes -= candidate.Bytes;
        }

        return enough;
    }
}
