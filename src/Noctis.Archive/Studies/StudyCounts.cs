namespace Noctis.Archive.Studies;

/// <summary>The figures of Home.</summary>
/// <param name="Studies">In all.</param>
/// <param name="Images">In all.</param>
/// <param name="Bytes">In all.</param>
/// <param name="StudiesToday">First seen since the beginning of the viewer's day.</param>
/// <param name="ImagesToday">Received since then, by whole hours.</param>
/// <param name="LastReceivedUtc">When the newest image came; null when none did.</param>
/// <param name="LastSourceAETitle">Who sent it.</param>
public sealed record StudyCounts(
    long Studies, long Images, long Bytes, int StudiesToday, int ImagesToday, DateTime? LastReceivedUtc, string? LastSourceAETitle);
